import type { WireBatch } from '../../protocol.ts';

/** No document lives longer than 30 years; what is later, or earlier, is no time of its clock and would make no date. */
const MAX_MONOTONIC_MS = 1e12;
export const isMonotonic = (ms: number): boolean => Math.abs(ms) <= MAX_MONOTONIC_MS;

/** In place of a value that is not what it must be. */
export const NOT_THERE = Symbol('not there');
type Value<T> = T | typeof NOT_THERE;

export type Read = (cursor: Cursor) => unknown;
export type Field = [name: string, read: Read];
export type Cursor = ReturnType<typeof createCursor>;

/** Reads the fields of a batch's events one after another. What is invalid or missing reads as NOT_THERE. */
export function createCursor({ numbers, text, bytes }: WireBatch) {
  let numbersAt = 0;
  let textAt = 0;
  let bytesAt = 0;

  const isLength = (n: number | undefined, rest: number): n is number =>
    n !== undefined && Number.isInteger(n) && n >= 0 && n <= rest;

  function readText(length: number | undefined, most: number): Value<string> {
    if (!isLength(length, text.length - textAt)) return NOT_THERE;
    textAt += length;
    if (length > most) return NOT_THERE;
    // A slice would keep the whole batch in memory for as long as one of its texts is kept.
    return copied(text.slice(textAt - length, textAt));
  }
  function readBytes(length: number | undefined): Value<Uint8Array> {
    if (!isLength(length, (bytes?.byteLength ?? 0) - bytesAt)) return NOT_THERE;
    bytesAt += length;
    return bytes === null ? new Uint8Array(0) : bytes.slice(bytesAt - length, bytesAt);
  }
  const readNumber = (n: number | undefined, isValid: (n: number) => boolean): Value<number> =>
    n !== undefined && Number.isFinite(n) && isValid(n) ? n : NOT_THERE;
  /** Null is NaN; past the end there is nothing. */
  const orNull = <T>(read: (n: number | undefined) => Value<T>): Value<T | null> => {
    const n = numbers[numbersAt++];
    return n !== undefined && Number.isNaN(n) ? null : read(n);
  };

  const cursor = {
    text: (most: number) => readText(numbers[numbersAt++], most),
    textOrNull: (most: number) => orNull((n) => readText(n, most)),
    bytes: () => readBytes(numbers[numbersAt++]),
    bytesOrNull: () => orNull(readBytes),
    number: (isValid: (n: number) => boolean) => readNumber(numbers[numbersAt++], isValid),
    numberOrNull: (isValid: (n: number) => boolean) => orNull((n) => readNumber(n, isValid)),
    flag(): Value<boolean> {
      const n = numbers[numbersAt++];
      return n === 0 || n === 1 ? n === 1 : NOT_THERE;
    },
    /** Reads all fields of an event, in any case, so that the next one follows; null when one of them is not there. */
    event(kind: string, fields: Field[]): Record<string, unknown> | null {
      const event: Record<string, unknown> = { kind, id: cursor.number((n) => n >= 0), at: cursor.number(isMonotonic) };
      let isValid = event.id !== NOT_THERE && event.at !== NOT_THERE;
      for (const [name, read] of fields) {
        const value = read(cursor);
        event[name] = value;
        isValid &&= value !== NOT_THERE;
      }
      return isValid ? event : null;
    },
  };
  return cursor;
}

/** V8 keeps texts of this length and more as a window on what they were cut from. */
const MIN_SLICE = 13;
/** Joined and cut again it is a window on a text that holds nothing else. */
const copied = (slice: string): string => (slice.length < MIN_SLICE ? slice : ` ${slice}`.slice(1));
