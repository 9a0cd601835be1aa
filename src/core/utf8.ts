/** Bytes of a text in UTF-8; a lone surrogate is written as U+FFFD (https://encoding.spec.whatwg.org/#utf-8-encoder). */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    bytes++;
    if (code < 0x800) continue;
    bytes++;
    // A pair is four bytes for two code units: the second adds none.
    const isPair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (isPair) {
      i++;
    }
  }
  return bytes;
}
