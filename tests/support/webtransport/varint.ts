/** A number as QUIC writes it (https://www.rfc-editor.org/rfc/rfc9000#section-16), up to 2^30. */
export function varint(n: number): Buffer {
  if (n < 64) return Buffer.from([n]);
  const bytes = Buffer.alloc(n < 16_384 ? 2 : 4);
  if (n < 16_384) bytes.writeUInt16BE(n | 0x4000);
  else bytes.writeUInt32BE((n | 0x8000_0000) >>> 0);
  return bytes;
}

/** The number at `from`, and where the next thing begins; null while it is not all there. */
export function readVarint(bytes: Buffer, from: number): { value: number; end: number } | null {
  if (from >= bytes.length) return null;
  const length = 1 << (bytes[from]! >> 6);
  if (bytes.length < from + length) return null;
  let value = bytes[from]! & 0x3f;
  for (let i = 1; i < length; i++) value = value * 256 + bytes[from + i]!;
  return { value, end: from + length };
}
