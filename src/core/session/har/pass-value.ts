import { BACKSLASH, CLOSES, ENDS_WORD, KINDS, OPENS, ORDINARY, QUOTE, QUOTED } from './json-bytes.ts';

/** A string of a value by the places of its quotes, counted from the value's first byte. */
export interface LongString {
  /** Of the opening quote. */
  from: number;
  /** Behind the closing quote. */
  to: number;
}

/** Strings from here on are noted: most of them are bodies that nobody will ask for. */
const LONG_BYTES = 8192;

/** Passes over one value of JSON after another, however its bytes were cut. Looks at brackets and quotes alone. */
export interface ValuePasser {
  /** Those of the value that was passed last. */
  readonly longStrings: readonly LongString[];
  /** A value begins at this byte of the file. */
  begin(at: number): void;
  /** Goes on with it in `bytes`, the first of which is byte `base` of the file: the index behind its end, −1 when it goes on. */
  pass(bytes: Uint8Array, base: number, from: number): number;
}

export function createValuePasser(): ValuePasser {
  let valueAt = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let stringAt = 0;
  let longStrings: LongString[] = [];

  /** The index behind the string's closing quote, or the end of the bytes. */
  function passString(bytes: Uint8Array, from: number): number {
    const { length } = bytes;
    let i = from + (escaped && from < length ? 1 : 0);
    escaped = escaped && from >= length;
    while (i < length) {
      const byte = bytes[i++]!;
      if (byte === QUOTE) {
        inString = false;
        return i;
      }
      if (byte === BACKSLASH) {
        escaped = i === length;
        i++;
      }
    }
    return length;
  }

  return {
    get longStrings() {
      return longStrings;
    },
    begin(at) {
      valueAt = at;
      depth = 0;
      inString = false;
      escaped = false;
      if (longStrings.length > 0) longStrings = [];
    },
    // Every byte of the file comes by here.
    pass(bytes, base, from) {
      const { length } = bytes;
      let i = from;
      while (i < length) {
        if (inString) {
          i = passString(bytes, i);
          if (inString) return -1;
          if (base + i - stringAt > LONG_BYTES) longStrings.push({ from: stringAt - valueAt, to: base + i - valueAt });
          if (depth === 0) return i;
        }
        let kind = ORDINARY;
        while (i < length && kind === ORDINARY) kind = KINDS[bytes[i++]!]!;
        if (kind === QUOTED) {
          inString = true;
          stringAt = base + i - 1;
        } else if (kind === OPENS) depth++;
        // At depth 0 it ends what the value is in: that was a number or a word.
        else if (kind === CLOSES && depth === 0) return i - 1;
        else if (kind === CLOSES && --depth === 0) return i;
        else if (kind === ENDS_WORD && depth === 0) return i - 1;
      }
      return -1;
    },
  };
}
