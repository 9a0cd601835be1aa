/** Bytes of JSON (RFC 8259 §2); all of them are ASCII, and no byte of another character of UTF-8 is. */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
/** What a byte outside a string does to the value it is in. */
export const ORDINARY = 0;
export const QUOTED = 1;
export const OPENS = 2;
export const CLOSES = 3;
export const ENDS_WORD = 4;
export const KINDS = new Uint8Array(256);
KINDS[QUOTE] = QUOTED;
for (const byte of [OPEN_OBJECT, OPEN_LIST]) KINDS[byte] = OPENS;
for (const byte of [CLOSE_OBJECT, CLOSE_LIST]) KINDS[byte] = CLOSES;
for (const byte of [COMMA, 0x20, 0x0a, 0x0d, 0x09]) KINDS[byte] = ENDS_WORD;

/** Bytes put together from parts, in memory that is used again for the next: fresh memory costs more than the copy. */
export interface ByteBuffer {
  readonly length: number;
  /** All there are, with these. Valid until they are cleared. */
  append(part: Uint8Array): Uint8Array;
  clear(): void;
}

export function createByteBuffer(): ByteBuffer {
  let memory = new Uint8Array(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(part) {
      const needed = length + part.length;
      if (needed > memory.length) {
        const larger = new Uint8Array(Math.max(needed, 2 * memory.length));
        larger.set(memory.subarray(0, length));
        memory = larger;
      }
      memory.set(part, length);
      length = needed;
      return memory.subarray(0, length);
    },
    clear() {
      length = 0;
    },
  };
}

function concat(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A piece of JSON with null in the place of each of these strings. */
export function withoutStrings(json: Uint8Array, strings: readonly { from: number; to: number }[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { from, to } of strings) {
    parts.push(json.subarray(at, from), NULL);
    at = to;
  }
  parts.push(json.subarray(at));
  return concat(
    parts,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
}

const NULL = new Uint8Array([0x6e, 0x75, 0x6c, 0x6c]);
