/** A line of a hex dump: sixteen bytes. */
export interface HexLine {
  offset: number;
  /** `de ad be ef`, in groups of eight. */
  hex: string;
  /** Printable ASCII; a dot for all else. */
  ascii: string;
}

export const LINE_BYTES = 16;

/** `count` lines of a dump from line `from` on, fewer where the bytes end. */
export function hexLines(bytes: Uint8Array, from: number, count: number): HexLine[] {
  const lines: HexLine[] = [];
  const end = Math.min(bytes.length, (from + count) * LINE_BYTES);
  for (let offset = from * LINE_BYTES; offset < end; offset += LINE_BYTES) {
    let hex = '';
    let ascii = '';
    for (let i = offset; i < Math.min(offset + LINE_BYTES, bytes.length); i++) {
      const byte = bytes[i]!;
      hex += `${i === offset ? '' : i % 8 === 0 ? '  ' : ' '}${byte.toString(16).padStart(2, '0')}`;
      ascii += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.';
    }
    lines.push({ offset, hex, ascii });
  }
  return lines;
}
