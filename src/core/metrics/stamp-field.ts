import { epochMs } from './stamps.ts';

/** Where the messages of a channel carry the time they were made, as far as the first of them told. */
export interface StampField {
  /** Names that are looked for. */
  names: RegExp;
  /** The name with its quotes, as it stands in the text; null: none was found yet. */
  quoted: string | null;
  /** Messages looked through so far without any. */
  misses: number;
}

export const createStampField = (names: RegExp): StampField => ({ names, quoted: null, misses: 0 });

/** After so many messages without a stamp only every so many-th is looked through. */
const PATIENCE = 20;
const NOW_AND_THEN = 100;
const NAMES = /"(\w+)"\s*:\s*"?\d/g;
const VALUE = /\s*:\s*(?:"([^"]{10,40})"|(\d+(?:\.\d+)?))/y;
/** More may be inexact when they are added up one by one. */
const EXACT_DIGITS = 15;
const COLON = 58;
const POINT = 46;
const ZERO = 48;

/** `:1800000000000`, as most stamps are written, is read without a copy; null for any other. */
function integerAt(text: string, from: number): number | null {
  if (text.charCodeAt(from) !== COLON) return null;
  let value = 0;
  let i = from + 1;
  for (; ; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  const digits = i - from - 1;
  return digits === 0 || digits > EXACT_DIGITS || text.charCodeAt(i) === POINT ? null : value;
}

function valueAt(text: string, from: number): string | number | null {
  VALUE.lastIndex = from;
  const value = VALUE.exec(text);
  return value === null ? null : (value[1] ?? Number(value[2]));
}

/**
 * The stamp of a message (epoch ms), null where it has none, undefined where it must be parsed to know: the first of a channel,
 * and one whose field says something else than its fellows' did.
 */
export function findStamp(field: StampField, text: string, receivedAt: number): number | null | undefined {
  if (field.quoted !== null) {
    const at = text.indexOf(field.quoted);
    if (at < 0) return null;
    const from = at + field.quoted.length;
    return epochMs(integerAt(text, from) ?? valueAt(text, from), receivedAt) ?? undefined;
  }
  if (field.misses >= PATIENCE && field.misses++ % NOW_AND_THEN !== 0) return null;
  for (const [, name] of text.matchAll(NAMES)) {
    if (!field.names.test(name!)) continue;
    field.quoted = `"${name}"`;
    const stamp = findStamp(field, text, receivedAt);
    if (typeof stamp === 'number') return stamp;
    field.quoted = null;
  }
  field.misses++;
  return null;
}
