/** RFC 1951 §3.2.5. */
const MIN_MATCH = 3;
const MAX_MATCH = 258;
const WINDOW_BYTES = 32_768;
/** Earlier places with the same three bytes that are looked at; zlib's level 6 looks at 128, and finds little more. */
const MAX_PLACES = 32;
/** A block's header and its end code, then the header of the empty stored block that flushes it, RFC 7692 §7.2.1. */
const BLOCK_BITS = 3 + 7 + 3;
/** A block that is stored as it is: header up to the byte, two lengths, and the flush. */
const STORED_BYTES = 1 + 4 + 1;

/**
 * Sizes of texts sent one after another over a WebSocket with permessage-deflate and context takeover: LZ77 with the fixed
 * Huffman code. That is what zlib sends for short messages; for long ones (a kilobyte and more) its own codes do better by up to a third.
 */
export function deflatedSizes(texts: readonly string[]): number[] {
  const history: number[] = [];
  const places = new Map<number, number[]>();
  return texts.map((text) => {
    const start = history.length;
    pushUtf8(history, text);
    const bits = blockBits(history, start, places);
    return Math.min(Math.ceil(bits / 8), history.length - start + STORED_BYTES);
  });
}

function blockBits(bytes: readonly number[], start: number, places: Map<number, number[]>): number {
  let bits = BLOCK_BITS;
  for (let at = start; at < bytes.length; ) {
    const match = longestMatch(bytes, at, places);
    bits += match === null ? (bytes[at]! < 144 ? 8 : 9) : matchBits(match.length, match.distance);
    const end = at + (match?.length ?? 1);
    for (; at < end; at++) remember(bytes, at, places);
  }
  return bits;
}

function longestMatch(bytes: readonly number[], at: number, places: Map<number, number[]>) {
  let best: { length: number; distance: number } | null = null;
  const limit = Math.min(MAX_MATCH, bytes.length - at);
  for (const place of places.get(keyOf(bytes, at))?.toReversed() ?? []) {
    if (at - place > WINDOW_BYTES) break;
    let length = 0;
    while (length < limit && bytes[place + length] === bytes[at + length]) length++;
    if (length >= MIN_MATCH && length > (best?.length ?? 0)) best = { length, distance: at - place };
  }
  return best;
}

function remember(bytes: readonly number[], at: number, places: Map<number, number[]>): void {
  // To zlib, position 0 means "none": nothing ever refers to the first byte of a connection.
  if (at === 0 || at + MIN_MATCH > bytes.length) return;
  const key = keyOf(bytes, at);
  const known = places.get(key);
  if (known === undefined) places.set(key, [at]);
  else if (known.push(at) > MAX_PLACES) known.shift();
}

const keyOf = (bytes: readonly number[], at: number): number =>
  (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);

/** Fixed codes and extra bits of a length and a distance, RFC 1951 §3.2.5 and §3.2.6. */
function matchBits(length: number, distance: number): number {
  const lengthExtra = length < 11 || length === MAX_MATCH ? 0 : Math.floor(Math.log2((length - 3) / 4));
  const distanceExtra = distance < 5 ? 0 : Math.floor(Math.log2(distance - 1)) - 1;
  return (length < 115 ? 7 : 8) + lengthExtra + 5 + distanceExtra;
}

/** A lone surrogate takes three bytes either way: as itself here, as U+FFFD on the wire. */
function pushUtf8(bytes: number[], text: string): void {
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}
