import { placeOf } from './channel-key.ts';
import type { Exchange, NetworkEntry } from './model.ts';

/** The hook's clock reading and the browser's `startedDateTime` of one request differ by this at most (measured: −0.4 to 2.2 ms). */
const TOLERANCE_MS = 5;
/** A busy browser starts a request later than the page asked for it, never earlier: up to here one left over on each side are the same. */
const SLOW_START_MS = 1000;
/** An entry nobody claims within this is a request no hook saw: a worker's, a navigation's. Batches travel for up to 100 ms, a hidden tab's for 1 s. */
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
  /** The exchange that waits there will not be reported any more. */
  forget(key: number, url: string): void;
  /** Entries whose patience is at an end, each with the key of the exchange that is its own after all, or null. */
  expire(nowMs: number): { entry: NetworkEntry; key: number | null }[];
}

interface WaitingExchange {
  key: number;
  method: string;
  url: string;
  startedAt: number;
}

interface WaitingEntry {
  entry: NetworkEntry;
  url: string;
  since: number;
}

/** What waits for URLs that differ in their query alone: few, and there is a place for the next poll, whatever its cursor. */
interface Place {
  exchanges: WaitingExchange[];
  entries: WaitingEntry[];
}

/** Up to so many places are kept when nothing waits there. */
const MAX_IDLE_PLACES = 2000;

export function createJoiner(): Joiner {
  const places = new Map<string, Place>();
  let mostPlaces = MAX_IDLE_PLACES;

  function placeAt(url: string): Place {
    const bare = placeOf(url)?.bare ?? url;
    let place = places.get(bare);
    if (place === undefined) {
      if (places.size >= mostPlaces) dropIdle();
      place = { exchanges: [], entries: [] };
      places.set(bare, place);
    }
    return place;
  }

  function dropIdle(): void {
    for (const [bare, { exchanges, entries }] of places)
      if (exchanges.length + entries.length === 0) places.delete(bare);
    // As many again before it is worth looking through them all.
    mostPlaces = Math.max(MAX_IDLE_PLACES, 2 * places.size);
  }

  return {
    addExchange({ method, url, startedAt }, key) {
      const exact = withoutFragment(url);
      const { exchanges, entries } = placeAt(exact);
      // Lists are in order of start, so the first within tolerance is the oldest still unpaired.
      for (let i = 0; i < entries.length; i++) {
        const { entry, url } = entries[i]!;
        if (!isNear(entry, startedAt) || url !== exact || !isSame(entry.method, method)) continue;
        remove(entries, i);
        return entry;
      }
      exchanges.push({ key, method, url: exact, startedAt });
      return null;
    },
    addEntry(entry, nowMs) {
      const exact = withoutFragment(entry.url);
      const { exchanges, entries } = placeAt(exact);
      for (let i = 0; i < exchanges.length; i++) {
        const { key, method, url, startedAt } = exchanges[i]!;
        if (!isNear(entry, startedAt) || url !== exact || !isSame(entry.method, method)) continue;
        remove(exchanges, i);
        return key;
      }
      entries.push({ entry, url: exact, since: nowMs });
      return null;
    },
    forget(key, url) {
      const { exchanges } = placeAt(url);
      const index = exchanges.findIndex((waits) => waits.key === key);
      if (index >= 0) remove(exchanges, index);
    },
    expire(nowMs) {
      const expired: { entry: NetworkEntry; key: number | null }[] = [];
      for (const { exchanges, entries } of places.values()) {
        while (entries.length > 0 && nowMs - entries[0]!.since > PATIENCE_MS) {
          const { entry, url } = entries.shift()!;
          const index = slowStarter(exchanges, entry, url);
          const key = exchanges[index]?.key ?? null;
          if (key !== null) remove(exchanges, index);
          expired.push({ entry, key });
        }
      }
      return expired;
    },
  };
}

/** The oldest goes first, nearly always. */
function remove(list: unknown[], index: number): void {
  if (index === 0) list.shift();
  else list.splice(index, 1);
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

const isSame = (a: string, b: string): boolean => a === b || a.toUpperCase() === b.toUpperCase();

const isNear = ({ startedAt }: NetworkEntry, at: number): boolean => Math.abs(startedAt - at) <= TOLERANCE_MS;

const slowStarter = (exchanges: readonly WaitingExchange[], entry: NetworkEntry, exact: string): number =>
  exchanges.findIndex(({ method, url, startedAt }) => {
    const lateMs = entry.startedAt - startedAt;
    return lateMs > 0 && lateMs <= SLOW_START_MS && url === exact && isSame(entry.method, method);
  });
