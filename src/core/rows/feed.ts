import type { Exchange } from '../model.ts';
import type { Log } from '../state.ts';
import type { Row } from './row-list.ts';

/** Reads the messages and exchanges of one channel (null: of all) from the log, in order of time, from both ends. */
export interface Feed {
  /** The next older row, from the moment the feed was made on back; null: there is none left. */
  older(): Row | null;
  /** The next row that has come since. */
  newer(): Row | null;
  /** Rows of the past not read yet. */
  readonly left: number;
}

/** `find`: leaps over messages that need not be read, where all channels are: the newest before that one that must be, null: none. */
export function createFeed(
  log: Log,
  channelId: number | null,
  find: ((before: number) => number | null) | null = null,
): Feed {
  const { messages, exchanges } = log.history;
  const kept = () => (channelId === null ? exchanges.all : exchanges.of(channelId));
  // Kept in order of arrival: what only the network log saw comes late.
  const past = kept().toSorted((a, b) => a.startedAt - b.startedAt);
  let pastExchanges = past.length;
  let newestId = past.reduce((newest, { id }) => Math.max(newest, id), -1);
  const waiting: Exchange[] = [];
  /** Messages from here on are new; older ones before `oldest` are not read yet. */
  let next = messages.next;
  let oldest = next;
  /** The message before `oldest`, once it was looked for. */
  let older: number | null | undefined;

  function seqBefore(seq: number): number | null {
    if (find !== null) return find(seq);
    if (channelId === null) return seq - 1 >= messages.first ? seq - 1 : null;
    const own = messages.of(channelId);
    const i = countBelow(own, seq);
    return i === 0 ? null : own.at(i - 1);
  }
  function seqFrom(seq: number): number | null {
    if (channelId === null) return seq < messages.next ? Math.max(seq, messages.first) : null;
    const own = messages.of(channelId);
    const i = countBelow(own, seq);
    return i === own.length ? null : own.at(i);
  }
  function collectNew(): void {
    const all = kept();
    let from = all.length;
    while (from > 0 && all[from - 1]!.id > newestId) from--;
    for (const exchange of all.slice(from)) {
      waiting.push(exchange);
      newestId = Math.max(newestId, exchange.id);
    }
  }

  return {
    older() {
      if (older === undefined) older = seqBefore(oldest);
      const exchange = pastExchanges > 0 ? past[pastExchanges - 1]! : null;
      if (exchange !== null && (older === null || exchange.startedAt >= messages.timeOf(older))) {
        pastExchanges--;
        return exchange;
      }
      const seq = older;
      oldest = seq ?? messages.first;
      older = undefined;
      return seq;
    },
    newer() {
      if (waiting.length === 0) collectNew();
      const seq = seqFrom(next);
      const exchange = waiting[0];
      if (exchange !== undefined && (seq === null || exchange.startedAt <= messages.timeOf(seq)))
        return waiting.shift()!;
      if (seq !== null) next = seq + 1;
      return seq;
    },
    get left() {
      const left = channelId === null ? oldest - messages.first : countBelow(messages.of(channelId), oldest);
      return Math.max(left, 0) + pastExchanges;
    },
  };
}

/** How many of the ascending numbers are less than `limit`. */
export function countBelow(numbers: { readonly length: number; at(i: number): number }, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers.at(middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
