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
  addExchange(exchange: Pick<Exchange, 'method' | 'url' | 'startedAt'>, key: number): NetworkEntry | null;
  /** An entry arrived: the key of the exchange it belongs to, or null. */
  addEntry(entry: NetworkEntry, nowMs: number): number | null;
  /** An exchange will not be reported any more. */
  forget(key: number): void;
  /** Entries whose patience is at an end, each with the key of the exchange that is its own after all, or null. */
  expire(nowMs: number): { entry: NetworkEntry; key: number | null }[];
}

interface WaitingExchange {
  key: number;
  method: string;
  startedAt: number;
}

interface WaitingEntry {
  entry: NetworkEntry;
  since: number;
}

/** What waits at one URL. */
interface Place {
  url: string;
  exchanges: WaitingExchange[];
  entries: WaitingEntry[];
}

export function createJoiner(): Joiner {
  const places = new Map<string, Place>();
  /** Where an exchange waits. */
  const placeOf = new Map<number, Place>();

  function leave({ url, exchanges, entries }: Place): void {
    // Polls with cursors ask each URL once.
    if (exchanges.length + entries.length === 0) places.delete(url);
  }

  function forget(key: number): void {
    const place = placeOf.get(key);
    if (place === undefined) return;
    placeOf.delete(key);
    const { exchanges } = place;
    if (exchanges.length === 1) exchanges.pop();
    else
      exchanges.splice(
        exchanges.findIndex((waits) => waits.key === key),
        1,
      );
    leave(place);
  }

  return {
    addExchange({ method, url, startedAt }, key) {
      const bare = withoutFragment(url);
      let place = places.get(bare);
      const waits = { key, method, startedAt };
      if (place === undefined) {
        place = { url: bare, exchanges: [waits], entries: [] };
        places.set(bare, place);
      } else {
        const { exchanges, entries } = place;
        // Lists are in order of start, so the first within tolerance is the oldest still unpaired.
        const index = entries.findIndex(({ entry }) => isNear(entry, startedAt) && isSame(entry.method, method));
        if (index >= 0) {
          const [{ entry }] = entries.splice(index, 1) as [WaitingEntry];
          leave(place);
          return entry;
        }
        exchanges.push(waits);
      }
      placeOf.set(key, place);
      return null;
    },
    addEntry(entry, nowMs) {
      const url = withoutFragment(entry.url);
      const place = places.get(url);
      const mate = place?.exchanges.find(
        ({ method, startedAt }) => isNear(entry, startedAt) && isSame(entry.method, method),
      );
      if (mate !== undefined) {
        forget(mate.key);
        return mate.key;
      }
      const waits = { entry, since: nowMs };
      if (place === undefined) places.set(url, { url, exchanges: [], entries: [waits] });
      else place.entries.push(waits);
      return null;
    },
    forget,
    expire(nowMs) {
      const expired: { entry: NetworkEntry; key: number | null }[] = [];
      for (const place of places.values()) {
        const { exchanges, entries } = place;
        while (entries.length > 0 && nowMs - entries[0]!.since > PATIENCE_MS) {
          const { entry } = entries.shift()!;
          const key = slowStarter(exchanges, entry)?.key ?? null;
          if (key !== null) forget(key);
          expired.push({ entry, key });
        }
        leave(place);
      }
      return expired;
    },
  };
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

const isSame = (a: string, b: string): boolean => a === b || a.toUpperCase() === b.toUpperCase();

const isNear = ({ startedAt }: NetworkEntry, at: number): boolean => Math.abs(startedAt - at) <= TOLERANCE_MS;

const slowStarter = (exchanges: readonly WaitingExchange[], entry: NetworkEntry) =>
  exchanges.find(({ method, startedAt }) => {
    const lateMs = entry.startedAt - startedAt;
    return lateMs > 0 && lateMs <= SLOW_START_MS && isSame(entry.method, method);
  });
