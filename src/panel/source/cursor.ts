import { MAX_FIELD_BYTES, type WireBatch, WORDS } from '../../protocol.ts';

/** No document lives longer than 30 years; what is later, or earlier, is no time of its clock and would make no date. */
const MAX_MONOTONIC_MS = 1e12;
export const isMonotonic = (ms: number): boolean => Math.abs(ms) <= MAX_MONOTONIC_MS;

export type Cursor = ReturnType<typeof createCursor>;

/**
 * Reads the fields of a batch's events one after another. What is invalid or missing makes the event invalid (`isValid`), and reads
 * as anything: its other fields are read all the same, so that the next event follows.
 */
export function createCursor({ times, fields, text, bytes }: WireBatch) {
  let timesAt = 0;
  let fieldsAt = 0;
  let textAt = 0;
  let bytesAt = 0;

  /** The next field; −1 when there is none. */
  function next(): number {
    let n = 0;
    let scale = 1;
    for (let i = 0; i < MAX_FIELD_BYTES; i++) {
      const byte = fields[fieldsAt++];
      if (byte === undefined) return -1;
      if (byte < 128) return n + byte * scale;
      n += (byte - 128) * scale;
      scale *= 128;
    }
    return -1;
  }
  function fail<T>(instead: T): T {
    cursor.isValid = false;
    return instead;
  }
  function textOf(field: number, most: number): string {
    if (field <= 0) return fail('');
    if (field % 2 === 0) return WORDS[field / 2 - 1] ?? fail('');
    const length = (field - 1) / 2;
    if (length > text.length - textAt) return fail('');
    textAt += length;
    if (length > most) return fail('');
    // A slice would keep the whole batch in memory for as long as one of its texts is kept.
    return copied(text.slice(textAt - length, textAt));
  }
  function numberOf(field: number, least: number): number {
    const n = field - 2;
    return field > 0 && n >= least && n <= Number.MAX_SAFE_INTEGER ? n : fail(0);
  }
  function bytesOf(field: number): Uint8Array {
    const count = numberOf(field, 0);
    if (count > (bytes?.byteLength ?? 0) - bytesAt) return fail(NOTHING);
    bytesAt += count;
    return bytes === null ? NOTHING : bytes.slice(bytesAt - count, bytesAt);
  }
  /** Reads `read` unless it is null. */
  function orNull<T, A>(read: (field: number, limit: A) => T, limit: A): T | null {
    const field = next();
    return field === 0 ? null : read(field, limit);
  }

  const cursor = {
    /** Whether all that was read of the event was. Set it before the next. */
    isValid: true,
    at(): number {
      const at = times[timesAt++];
      return at !== undefined && isMonotonic(at) ? at : fail(0);
    },
    text: (most: number) => textOf(next(), most),
    textOrNull: (most: number) => orNull(textOf, most),
    bytes: () => bytesOf(next()),
    bytesOrNull: () => orNull(bytesOf, null),
    count: () => numberOf(next(), 0),
    countOrNull: () => orNull(numberOf, 0),
    /** A count, or −1. */
    sizeOrNull: () => orNull(numberOf, -1),
    flag(): boolean {
      const n = numberOf(next(), 0);
      return n <= 1 ? n === 1 : fail(false);
    },
    oneOf<W extends string>(words: readonly W[]): W {
      const word = textOf(next(), LONGEST_WORD) as W;
      return words.includes(word) ? word : fail(word);
    },
  };
  return cursor;
}

const NOTHING = new Uint8Array(0);
const LONGEST_WORD = 16;
/** V8 keeps texts of this length and more as a window on what they were cut from. */
const MIN_SLICE = 13;
/** Joined and cut again it is a window on a text that holds nothing else. */
const copied = (slice: string): string => (slice.length < MIN_SLICE ? slice : ` ${slice}`.slice(1));
