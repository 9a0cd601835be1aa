import { remembered } from '../remembered.ts';
import { VOLATILE_KEY } from './nothing.ts';

const isVolatile = remembered((name) => VOLATILE_KEY.test(name));

/**
 * Whether two bodies, parsed, say the same but for keys whose value changes by itself. Looks no further than the first difference,
 * which makes it far cheaper than writing both as texts. Members must come in the same order. False for what is nested too deep.
 */
export function isSameNews(a: unknown, b: unknown): boolean {
  try {
    return isSame(a, b);
  } catch {
    return false;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (!Array.isArray(a)) return !Array.isArray(b) && isSameRecord(a as JsonRecord, b as JsonRecord);
  if (!Array.isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!isSame(a[i], b[i])) return false;
  return true;
}

type JsonRecord = Record<string, unknown>;

function isSameRecord(a: JsonRecord, b: JsonRecord): boolean {
  // Most news is told by a value: names are compared once no value differs.
  for (const name in a) if (!isVolatile(name) && !isSame(a[name], b[name])) return false;
  const others = Object.keys(b);
  let at = nextLasting(others, 0);
  for (const name in a) {
    if (isVolatile(name)) continue;
    if (name !== others[at]) return false;
    at = nextLasting(others, at + 1);
  }
  return at === others.length;
}

function nextLasting(names: readonly string[], from: number): number {
  let at = from;
  while (at < names.length && isVolatile(names[at]!)) at++;
  return at;
}
