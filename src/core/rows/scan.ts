import type { Channel } from '../channels.ts';
import type { ChannelFacts } from '../filter/facts.ts';
import type { Filter, RowFilter } from '../filter/filter.ts';
import { isInUrl } from '../filter/row-conditions.ts';
import type { Exchange } from '../model.ts';
import type { Log } from '../state.ts';
import { createFinder } from '../store/finder.ts';
import { createFeed } from './feed.ts';
import { labelsOfExchange, labelsOfMessage } from './hints.ts';
import type { Kinds } from './kinds.ts';
import { createRowList, type Row, type RowList } from './row-list.ts';

export interface ScanOptions {
  log: Log;
  kinds: Kinds;
  /** null: all channels. */
  channelId: number | null;
  filter: Filter;
  /** Facts of a channel; null for one that is not shown. */
  factsOf: (channel: Channel) => ChannelFacts | null;
  /** Leaves out messages that carry no data. */
  hideControl: boolean;
  /** Epoch ms; null: any time. */
  range: { from: number; to: number } | null;
}

/** Searches a log for the rows to show: what is new first, then back through the past, in slices as long as the caller allows. */
export interface Scan {
  readonly rows: RowList;
  /** Messages left out because they carry no data. */
  readonly hidden: number;
  /** Rows of the past that are still to be looked at. */
  readonly left: number;
  /** Goes on until `isDue()` or there is nothing more to do; whether rows changed. */
  work(isDue: () => boolean): boolean;
  /** What holds for whole channels has changed: the rows found are no longer right. */
  isStale(): boolean;
}

/** A clock is asked after so many rows. */
const STRIDE = 32;

/** A request that the network log has not told of by then, it will not tell of. */
const PATIENCE_MS = 60_000;

interface ChannelScan {
  channel: Channel;
  protocol: Channel['protocol'];
  rows: RowFilter;
}

export function createScan(options: ScanOptions): Scan {
  const { log, kinds, filter, hideControl, range } = options;
  const { messages, exchanges } = log.history;
  const feed = createFeed(log, options.channelId, finderFor(options));
  const rows = createRowList();
  /** By id: a filter asks for one with every message. */
  const channels: (ChannelScan | null | undefined)[] = [];
  /** Requests under way: what they will be, and so whether they are shown, is not known yet. */
  const unsettled = new Map<Exchange, { isShown: boolean }>();
  /** The message that is being looked at. Made once, because a filter looks at a million. */
  const message = messages.cursor();
  let channel: Channel;
  const labels = () => labelsOfMessage(channel, message);
  let hidden = 0;
  let first = messages.first;
  let channelsKnown = log.channels.length;

  function readChannel(id: number): ChannelScan | null {
    const channel = log.channels.find((each) => each.id === id);
    const facts = channel === undefined ? null : options.factsOf(channel);
    return facts === null ? null : { channel: channel!, protocol: channel!.protocol, rows: filter.rows(facts) };
  }
  function channelOf(id: number): ChannelScan | null {
    let known = channels[id];
    if (known === undefined) {
      known = readChannel(id);
      channels[id] = known;
    }
    return known;
  }

  function shows(row: Row): boolean {
    return typeof row === 'number' ? showsMessage(row) : showsExchange(row);
  }
  function showsMessage(seq: number): boolean {
    if (!messages.seek(message, seq)) return false;
    if (range !== null && (message.at < range.from || message.at > range.to)) return false;
    const known = channelOf(message.channelId);
    if (known === null || known.rows.always === false) return false;
    channel = known.channel;
    // Read before the filter decides: the question to a reply that is shown may itself be left out.
    if (channel.protocol !== null) kinds.isControl(message, channel);
    if (!known.rows.always && !known.rows.message(message, labels)) return false;
    if (!hideControl || !kinds.isControl(message, channel)) return true;
    hidden++;
    return false;
  }
  function showsExchange(exchange: Exchange): boolean {
    const { startedAt, endedAt } = exchange;
    if (range !== null && (startedAt > range.to || (endedAt ?? Infinity) < range.from)) return false;
    const known = channelOf(exchange.channelId);
    if (known === null || known.rows.always === false) return false;
    if (known.rows.always) return true;
    return known.rows.exchange(exchange, () => {
      const { sent, received } = labelsOfExchange(known.channel, exchange);
      return [...sent, ...received];
    });
  }
  function take(row: Row, add: (row: Row) => void): boolean {
    const isShown = shows(row);
    if (isShown) add(row);
    if (typeof row !== 'number' && !isSettled(row, log.now)) unsettled.set(row, { isShown });
    return isShown;
  }

  /** What only the network log saw comes late, and finds its place among what was heard before. */
  function addNewer(row: Row): void {
    const last = rows.at(rows.length - 1);
    if (typeof row === 'number' || last === undefined || startOf(last) <= row.startedAt) rows.addNewer(row);
    else rows.insert(row, (other) => startOf(other) <= row.startedAt);
  }

  const startOf = (row: Row): number => (typeof row === 'number' ? messages.timeOf(row) : row.startedAt);

  function settle(): boolean {
    let changed = false;
    for (const [exchange, state] of unsettled) {
      if (isSettled(exchange, log.now)) unsettled.delete(exchange);
      const isShown = shows(exchange);
      if (isShown === state.isShown) continue;
      if (isShown) rows.insert(exchange, (other) => startOf(other) <= exchange.startedAt);
      else rows.remove(exchange);
      state.isShown = isShown;
      changed = true;
    }
    return changed;
  }
  function forgetDropped(): boolean {
    if (messages.first === first) return false;
    first = messages.first;
    const oldest = exchanges.all[0]?.startedAt ?? Infinity;
    rows.dropOldest((row) => (typeof row === 'number' ? row >= first : row.startedAt >= oldest));
    return true;
  }

  return {
    rows,
    get hidden() {
      return hidden;
    },
    get left() {
      return feed.left;
    },
    work(isDue) {
      let changed = forgetDropped();
      if (!filter.isEmpty && settle()) changed = true;
      for (let n = 1; ; n++) {
        const row = feed.newer();
        if (row === null) break;
        if (take(row, addNewer)) changed = true;
        if (n % STRIDE === 0 && isDue()) return changed;
      }
      for (let n = 1; ; n++) {
        const row = feed.older();
        if (row === null) break;
        if (take(row, rows.addOlder)) changed = true;
        if (n % STRIDE === 0 && isDue()) break;
      }
      return changed;
    },
    isStale() {
      // Channels that turn out to do the same job are merged.
      if (log.channels.length < channelsKnown) return true;
      channelsKnown = log.channels.length;
      for (const [id, known] of channels.entries()) {
        if (known === undefined) continue;
        if (known !== null && known.channel.protocol !== known.protocol) {
          kinds.forget();
          return true;
        }
        if (!filter.isEmpty && readChannel(id)?.rows.always !== known?.rows.always) return true;
      }
      return false;
    },
  };
}

/** How to leap over messages of all channels that do not say the word of the filter; null where it may stand elsewhere. */
function finderFor({
  log,
  kinds,
  channelId,
  filter,
  factsOf,
}: ScanOptions): ((before: number) => number | null) | null {
  const { word } = filter;
  const { messages } = log.history;
  if (channelId !== null || word === null || messages.types.some(word.test)) return null;
  const isElsewhere = (channel: Channel) => {
    const facts = factsOf(channel);
    return facts !== null && isInUrl(facts, word);
  };
  if (log.channels.some(isElsewhere)) return null;
  // A reply is shown with how long it took, so the questions must have been read once.
  const isPlain = log.channels.every(({ protocol }) => protocol === null);
  return isPlain || kinds.hasRead(messages.first, messages.next) ? createFinder(messages, word.all) : null;
}

/** Nothing more will be learned of it. */
const isSettled = ({ endedAt, judged, network }: Exchange, nowMs: number): boolean =>
  endedAt !== null && judged && (network !== null || nowMs - endedAt > PATIENCE_MS);
