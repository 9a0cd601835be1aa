import type { Exchange, NetworkEntry } from './model.ts';

/** The hook's clock reading and the browser's `startedDateTime` of one request differ by this at most (measured: −0.4 to 2.2 ms). */
const TOLERANCE_MS = 5;
/** A busy browser starts a request later than the page asked for it, never earlier: up to here one left over on each side are the same. */
const SLOW_START_MS = 1000;
/** An entry nobody claims within this is a request no hook saw: a worker's, a navigation's. Batches travel for 50 ms, a hidden tab's for 1 s. */
const PATIENCE_MS = 2000;

/**
 * Pairs exchanges seen by the hooks with entries of devtools.network, first in first out on method and URL.
 * Either may come first. Both sides wait here; `expire` hands out entries that stay alone.
 */
export interface Joiner {
  /** A hooked exchange began, known as `key`: the entry that already came for it, or null. */
  addExchange(exchange: Pick<Exchange, 'method' | 'url' | 'startedAt'>, key: string): NetworkEntry | null;
  /** An entry arrived: the key of the exchange it belongs to, or null. */
  addEntry(entry: NetworkEntry, nowMs: number): string | null;
  /** An exchange will not be reported any more. */
  forget(key: string): void;
  /** Entries whose patience is at an end, each with the key of the exchange that is its own after all, or null. */
  expire(nowMs: number): { entry: NetworkEntry; key: string | null }[];
}

interface Waiting {
  exchanges: { key: string; startedAt: number }[];
  entries: { entry: NetworkEntry; since: number }[];
}

export function createJoiner(): Joiner {
  const waiting = new Map<string, Waiting>();
  /** Where an exchange waits. */
  const places = new Map<string, Waiting>();

  function at(method: string, url: string): Waiting {
    const key = `${method.toUpperCase()} ${url.split('#', 1)[0]}`;
    const found = waiting.get(key) ?? { exchanges: [], entries: [] };
    waiting.set(key, found);
    return found;
  }

  return {
    addExchange(exchange, key) {
      const place = at(exchange.method, exchange.url);
      const { exchanges, entries } = place;
      const index = nearest(entries, ({ entry }) => entry.startedAt - exchange.startedAt);
      if (index >= 0) return entries.splice(index, 1)[0]!.entry;
      exchanges.push({ key, startedAt: exchange.startedAt });
      places.set(key, place);
      return null;
    },
    addEntry(entry, nowMs) {
      const { exchanges, entries } = at(entry.method, entry.url);
      const index = nearest(exchanges, (exchange) => entry.startedAt - exchange.startedAt);
      if (index >= 0) {
        const { key } = exchanges.splice(index, 1)[0]!;
        places.delete(key);
        return key;
      }
      entries.push({ entry, since: nowMs });
      return null;
    },
    forget(key) {
      const exchanges = places.get(key)?.exchanges ?? [];
      const index = exchanges.findIndex((waits) => waits.key === key);
      if (index >= 0) exchanges.splice(index, 1);
      places.delete(key);
    },
    expire(nowMs) {
      const expired: { entry: NetworkEntry; key: string | null }[] = [];
      for (const [place, { exchanges, entries }] of waiting) {
        while (entries.length > 0 && nowMs - entries[0]!.since > PATIENCE_MS) {
          const { entry } = entries.shift()!;
          const key = slowStarter(exchanges, entry)?.key ?? null;
          if (key !== null) this.forget(key);
          expired.push({ entry, key });
        }
        if (exchanges.length + entries.length === 0) waiting.delete(place);
      }
      return expired;
    },
  };
}

const slowStarter = (exchanges: Waiting['exchanges'], { startedAt }: NetworkEntry) =>
  exchanges.find((exchange) => {
    const lateMs = startedAt - exchange.startedAt;
    return lateMs > 0 && lateMs <= SLOW_START_MS;
  });

/** The first one within tolerance; −1 for none. Lists are in order of start, so the first is the oldest still unpaired. */
function nearest<T>(list: readonly T[], offsetMs: (item: T) => number): number {
  return list.findIndex((item) => Math.abs(offsetMs(item)) <= TOLERANCE_MS);
}
