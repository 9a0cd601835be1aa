/** Code lengths in bits of the octets 0 to 255, RFC 7541 appendix B: one base-36 digit each (5 to u = 30), sixteen a line. */
const CODE_BITS = [
  'dnsssssssoussuss',
  'ssssssusssssssss',
  '6aacd68baa8b8666',
  '555666666678f6ca',
  'd677777777777777',
  '77777777878djde6',
  'f565656665776665',
  '67655677777fbeds',
  'kmkkmmmnmnnnnnon',
  'oomnonnnnlmnmnno',
  'mlkmmnnlnmmolmnn',
  'llmlnmnnkmmmnmmn',
  'qqkjmnmpqqqrrqop',
  'jlqrrqrollqqsrrr',
  'koklmllnmmppooqn',
  'qrqqrrrrrsrrrrrq',
].join('');

/** Bits of a header's text under HPACK's Huffman code. Octets beyond Latin-1 cannot occur in a header and count as the longest. */
export function huffmanBits(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits += Number.parseInt(CODE_BITS[text.charCodeAt(i)] ?? 'u', 36);
  return bits;
}

/** A string literal of RFC 7541 §5.2: its length, and the shorter of plain and Huffman-coded octets. */
export function stringLiteralBytes(text: string): number {
  const bytes = Math.min(Math.ceil(huffmanBits(text) / 8), text.length);
  return integerBytes(bytes, 7) + bytes;
}

/** An integer behind a prefix of so many bits, RFC 7541 §5.1. */
export function integerBytes(value: number, prefixBits: number): number {
  const limit = 2 ** prefixBits - 1;
  let bytes = 1;
  if (value < limit) return bytes;
  for (let rest = value - limit; ; rest = Math.floor(rest / 128)) {
    bytes++;
    if (rest < 128) return bytes;
  }
}
