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

/** What waits at one URL. */
interface Place {
  url: string;
  exchanges: WaitingExchange[];
  entries: { entry: NetworkEntry; since: number }[];
}

export function createJoiner(): Joiner {
  const places = new Map<string, Place>();
  /** Where an exchange waits. */
  const placeOf = new Map<number, Place>();

  function placeAt(given: string): Place {
    const url = withoutFragment(given);
    let place = places.get(url);
    if (place === undefined) {
      place = { url, exchanges: [], entries: [] };
      places.set(url, place);
    }
    return place;
  }

  function leave({ url, exchanges, entries }: Place): void {
    // Polls with cursors ask each URL once.
    if (exchanges.length + entries.length === 0) places.delete(url);
  }

  function forget(key: number): void {
    const place = placeOf.get(key);
    if (place === undefined) return;
    placeOf.delete(key);
    const index = place.exchanges.findIndex((waits) => waits.key === key);
    if (index >= 0) place.exchanges.splice(index, 1);
    leave(place);
  }

  return {
    addExchange({ method, url, startedAt }, key) {
      const place = placeAt(url);
      const { exchanges, entries } = place;
      // Lists are in order of start, so the first within tolerance is the oldest still unpaired.
      const index = entries.findIndex(({ entry }) => isNear(entry, startedAt) && isSame(entry.method, method));
      if (index >= 0) {
        const [{ entry }] = entries.splice(index, 1) as [Place['entries'][number]];
        leave(place);
        return entry;
      }
      exchanges.push({ key, method, startedAt });
      placeOf.set(key, place);
      return null;
    },
    addEntry(entry, nowMs) {
      const place = placeAt(entry.url);
      const { exchanges, entries } = place;
      const mate = exchanges.find(({ method, startedAt }) => isNear(entry, startedAt) && isSame(entry.method, method));
      if (mate === undefined) {
        entries.push({ entry, since: nowMs });
        return null;
      }
      forget(mate.key);
      return mate.key;
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
