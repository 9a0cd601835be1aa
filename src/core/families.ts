import type { KeyParts } from './channel-key.ts';

/**
 * A parameter is told volatile once so many requests were seen, and this share of them had a value of their own.
 * Numbers (offsets, cursors) are sooner believed than words: a page that asks for eight symbols in turn asks eight things.
 */
const MIN_NUMBERS = 4;
const MIN_WORDS = 10;
const NUMBER = /^\d+(\.\d+)?$/;
/** A number that never falls and rises so often is a cursor, though it may stand still between two requests. */
const MIN_RISES = 2;
const DISTINCT_SHARE = 0.8;
/** Values remembered of one parameter: enough for the share, bounded for a page that never repeats itself. */
const MAX_VALUES = 64;

/** Learns which query parameters of like requests change by themselves, and so say nothing of what is asked for. */
export interface Families {
  /**
   * Counts one request and gives its channel's key. `merged`: keys given before for the same job, under which each value had a
   * channel of its own; they are now this one.
   */
  keyOf(parts: KeyParts): { key: string; merged: readonly string[] };
  /** The same parts will have the same key for good: nothing more is learned of them. */
  isSettled(parts: KeyParts): boolean;
}

interface Family {
  requests: number;
  values: Map<string, Set<string>>;
  /** Times a number rose; −1 once it fell, or was none. */
  rises: Map<string, { last: number; count: number }>;
  volatile: Set<string>;
  /** Keys in use, each with the query it stands for. */
  keys: Map<string, KeyParts['query']>;
}

export function createFamilies(): Families {
  const families = new Map<string, Family>();

  return {
    keyOf({ family: name, query }) {
      const family = families.get(name) ?? {
        requests: 0,
        values: new Map(),
        rises: new Map(),
        volatile: new Set(),
        keys: new Map(),
      };
      families.set(name, family);
      family.requests++;
      const learned = learn(family, query);
      const key = keyWithout(name, query, family.volatile);
      const merged: string[] = [];
      if (learned) {
        for (const [old, oldQuery] of family.keys) {
          if (old === key || keyWithout(name, oldQuery, family.volatile) !== key) continue;
          merged.push(old);
          family.keys.delete(old);
        }
      }
      if (family.keys.size < MAX_VALUES || family.keys.has(key)) family.keys.set(key, query);
      return { key, merged };
    },
    isSettled: ({ family, query }) => query.length === 0 || hasLearned(families.get(family)),
  };
}

const hasLearned = (family: Family | undefined): boolean => family !== undefined && family.requests > MAX_VALUES;

/** Whether a parameter became volatile just now. */
function learn(family: Family, query: KeyParts['query']): boolean {
  if (hasLearned(family)) return false;
  let learned = false;
  for (const [name, value] of query) {
    if (family.volatile.has(name)) continue;
    const values = family.values.get(name) ?? new Set();
    family.values.set(name, values.add(value));
    const enough = NUMBER.test(value) ? MIN_NUMBERS : MIN_WORDS;
    const isCursor = countRises(family, name, value) >= MIN_RISES && family.requests >= enough;
    if (!isCursor && (family.requests < enough || values.size < DISTINCT_SHARE * family.requests)) continue;
    family.volatile.add(name);
    learned = true;
  }
  return learned;
}

function countRises({ rises }: Family, name: string, value: string): number {
  const number = NUMBER.test(value) ? Number(value) : Number.NaN;
  const known = rises.get(name);
  if (known === undefined) {
    rises.set(name, { last: number, count: Number.isNaN(number) ? -1 : 0 });
    return 0;
  }
  if (!(number >= known.last)) known.count = -1;
  else if (known.count >= 0 && number > known.last) known.count++;
  known.last = number;
  return known.count;
}

const keyWithout = (name: string, query: KeyParts['query'], volatile: ReadonlySet<string>): string =>
  `${name} ${query
    .filter(([name]) => !volatile.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}`;
