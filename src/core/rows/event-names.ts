import type { Log } from '../state.ts';
import { createFeed } from './feed.ts';
import { labelsOfExchange, labelsOfMessage } from './hints.ts';

/** Names kept of a channel: a page may invent names without end. */
const MAX_NAMES = 500;
/** A clock is asked after so many messages. */
const STRIDE = 32;

/** What the events on each channel are called: types of server-sent events, and what protocols call their packets. */
export interface EventNames {
  of(channelId: number): ReadonlySet<string>;
  /** Goes on until `isDue()` or everything was looked at; whether a name was found. */
  work(isDue: () => boolean): boolean;
  readonly left: number;
}

export function createEventNames(log: Log): EventNames {
  const feed = createFeed(log, null);
  const byChannel = new Map<number, Set<string>>();
  const none: ReadonlySet<string> = new Set();
  let channels = new Map(log.channels.map((channel) => [channel.id, channel]));

  function note(channelId: number, name: string | null): boolean {
    if (name === null || name === '') return false;
    const names = byChannel.get(channelId) ?? new Set();
    byChannel.set(channelId, names);
    if (names.has(name) || names.size === MAX_NAMES) return false;
    names.add(name);
    return true;
  }
  function channelOf(id: number) {
    if (!channels.has(id)) channels = new Map(log.channels.map((channel) => [channel.id, channel]));
    return channels.get(id);
  }
  function read(row: NonNullable<ReturnType<typeof feed.older>>): boolean {
    const message = typeof row === 'number' ? log.history.messages.get(row) : null;
    const channelId = message?.channelId ?? (typeof row === 'number' ? -1 : row.channelId);
    const channel = channelOf(channelId);
    if (channel === undefined) return false;
    let isNew = message !== null && note(channelId, message.type);
    const labels =
      message !== null
        ? labelsOfMessage(channel, message)
        : Object.values(labelsOfExchange(channel, row as Exclude<typeof row, number>)).flat();
    for (const { op, name } of labels) for (const each of [op, name]) isNew = note(channelId, each) || isNew;
    return isNew;
  }

  return {
    of: (channelId) => byChannel.get(channelId) ?? none,
    work(isDue) {
      let isNew = false;
      for (const next of [feed.newer, feed.older]) {
        for (let n = 1; ; n++) {
          const row = next();
          if (row === null) break;
          isNew = read(row) || isNew;
          if (n % STRIDE === 0 && isDue()) return isNew;
        }
      }
      return isNew;
    },
    get left() {
      return feed.left;
    },
  };
}
