import { channelKey } from './channel-key.ts';
import { type Channel, createChannel } from './channels.ts';
import { createJoiner, type Joiner } from './join.ts';
import { createRtt, type Rtt } from './metrics/rtt.ts';
import type { Connection, Exchange, NetworkEntry, PageDocument } from './model.ts';

/** All that the recorder knows. Only `apply` changes it. */
export interface Log {
  startedAt: number;
  /** Time of the latest input. */
  now: number;
  documents: Map<string, PageDocument & { clockOffsetMs: number | null }>;
  channels: Channel[];
  channelsByKey: Map<string, Channel>;
  /** Under `documentKey id`, from their request until both sources have spoken, or one never will. */
  exchanges: Map<string, { exchange: Exchange; channel: Channel }>;
  connections: Map<string, { connection: Connection; channel: Channel }>;
  /** Handshakes reported before their connection, newest last. */
  strayHandshakes: NetworkEntry[];
  joiner: Joiner;
  rtt: Rtt;
  /** Events lost in a page's ring before they could be sent. */
  dropped: number;
  /** Events that were not of the protocol. */
  rejected: number;
  /** Requests seen, by which source: the share joined is both / all. */
  sources: { both: number; pageOnly: number; networkOnly: number };
  lastId: number;
}

export function createLog(at: number): Log {
  return {
    startedAt: at,
    now: at,
    documents: new Map(),
    channels: [],
    channelsByKey: new Map(),
    exchanges: new Map(),
    connections: new Map(),
    strayHandshakes: [],
    joiner: createJoiner(),
    rtt: createRtt(),
    dropped: 0,
    rejected: 0,
    sources: { both: 0, pageOnly: 0, networkOnly: 0 },
    lastId: 0,
  };
}

/** The channel that does this job, made if it is new. */
export function channelOf(log: Log, documentKey: string | null, method: string, url: string, at: number): Channel {
  const key = channelKey(method, url, documentKey);
  let channel = log.channelsByKey.get(key);
  if (channel === undefined) {
    channel = createChannel(++log.lastId, documentKey, method, url, at);
    log.channelsByKey.set(key, channel);
    log.channels.push(channel);
  }
  channel.url = url;
  channel.lastAt = Math.max(channel.lastAt, at);
  return channel;
}
