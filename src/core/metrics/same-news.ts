import { remembered } from '../remembered.ts';
import { VOLATILE_KEY } from './nothing.ts';

const isVolatile = remembered((name) => VOLATILE_KEY.test(name));

/**
 * Whether two bodies, parsed, say the same but for keys whose value changes by itself, the number of a JSON-RPC call among them. Looks no further than the first difference,
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
  // https://www.jsonrpc.org/specification#response_object: the number that the call gave itself.
  const number = 'jsonrpc' in a ? 'id' : null;
  // Most news is told by a value: names are compared once no value differs.
  for (const name in a) if (name !== number && !isVolatile(name) && !isSame(a[name], b[name])) return false;
  const others = Object.keys(b);
  let at = nextLasting(others, 0, number);
  for (const name in a) {
    if (name === number || isVolatile(name)) continue;
    if (name !== others[at]) return false;
    at = nextLasting(others, at + 1, number);
  }
  return at === others.length;
}

function nextLasting(names: readonly string[], from: number, number: string | null): number {
  let at = from;
  while (at < names.length && (names[at] === number || isVolatile(names[at]!))) at++;
  return at;
}
