import { integerBytes, stringLiteralBytes } from '../../../src/core/simulate/huffman.ts';

/** RFC 7541 appendix A, in order; names alone where the value is empty. */
const STATIC_TABLE =
  `:authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|:status=200|:status=204
:status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|accept-encoding=gzip, deflate|accept-language
accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control|content-disposition|content-encoding
content-language|content-length|content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host
if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards
proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|set-cookie|strict-transport-security
transfer-encoding|user-agent|vary|via|www-authenticate`
    .split(/[|\n]/)
    .map((entry) => {
      const [name, value = ''] = entry.split('=', 2);
      return [name!, value] as const;
    });
/** RFC 7541 §4.1: what an entry weighs besides its text. */
const ENTRY_OVERHEAD = 32;
/** SETTINGS_HEADER_TABLE_SIZE unless a peer says otherwise, RFC 9113 §6.5.2. */
const TABLE_BYTES = 4096;
/** Browsers send these anew each time: they would push out what repeats. */
const NEVER_INDEXED = new Set([':path']);

export interface Hpack {
  /** Bytes of the header block that says these headers, names in lower case. Changes the table as the encoder would. */
  blockBytes(headers: readonly (readonly [string, string])[]): number;
}

/** One direction of an HTTP/2 connection's header compression, RFC 7541: how many bytes heads take, not which. */
export function createHpack(tableBytes = TABLE_BYTES): Hpack {
  const dynamic: (readonly [string, string])[] = [];
  let usedBytes = 0;
  const sizeOf = ([name, value]: readonly [string, string]) => name.length + value.length + ENTRY_OVERHEAD;

  function add(header: readonly [string, string]): void {
    dynamic.unshift(header);
    usedBytes += sizeOf(header);
    while (usedBytes > tableBytes) usedBytes -= sizeOf(dynamic.pop()!);
  }

  /** Position as the wire counts it, from 1: the static table, then the newest of the dynamic one. 0: in neither. */
  function indexOf(matches: (entry: readonly [string, string]) => boolean): number {
    const fixed = STATIC_TABLE.findIndex(matches);
    if (fixed >= 0) return fixed + 1;
    const own = dynamic.findIndex(matches);
    return own < 0 ? 0 : STATIC_TABLE.length + own + 1;
  }

  function headerBytes([name, value]: readonly [string, string]): number {
    const whole = indexOf(([n, v]) => n === name && v === value);
    if (whole > 0) return integerBytes(whole, 7);
    const known = indexOf(([n]) => n === name);
    const indexed = !NEVER_INDEXED.has(name);
    if (indexed) add([name, value]);
    return (
      integerBytes(known, indexed ? 6 : 4) + (known > 0 ? 0 : stringLiteralBytes(name)) + stringLiteralBytes(value)
    );
  }

  return { blockBytes: (headers) => headers.reduce((sum, header) => sum + headerBytes(header), 0) };
}
