import { headerValue } from '../har-entry.ts';
import type { Header, NetworkEntry } from '../model.ts';
import type { NetworkFacts } from '../simulate/facts.ts';

export function networkFacts(entry: NetworkEntry): NetworkFacts {
  const { requestHeaders, responseHeaders } = entry;
  const has = (headers: readonly Header[], ...names: string[]) =>
    names.some((name) => headerValue(headers, name) !== null);
  return {
    blockedMs: entry.blockedMs,
    requestHeaderBytes: entry.requestHeaderBytes,
    responseHeaderBytes: entry.responseHeaderBytes,
    headerPlusMinus: entry.headerPlusMinus,
    requestHeaderCount: http2HeaderCount(requestHeaders),
    cookieBytes: cookieBytes(requestHeaders),
    authorized: has(requestHeaders, 'authorization'),
    conditional: has(requestHeaders, 'if-none-match', 'if-modified-since'),
    bodyWireBytes: entry.responseBodyWireBytes,
    contentEncoding: entry.contentEncoding,
    cacheControl: headerValue(responseHeaders, 'cache-control'),
    hasValidator: has(responseHeaders, 'etag', 'last-modified'),
    fromCache: entry.fromCache,
  };
}

/** `:method`, `:scheme`, `:path`, `:authority`, RFC 9113 §8.3.1. */
const PSEUDO_HEADERS = 4;
/** What HTTP/2 forbids, and `Host`, which `:authority` replaces (RFC 9113 §8.2.2, §8.3.1). */
const HTTP1_ONLY = /^(host|connection|keep-alive|proxy-connection|upgrade|transfer-encoding)$/i;

/** So many headers these are, or would be, on HTTP/2; null where none are known. */
function http2HeaderCount(headers: readonly Header[]): number | null {
  if (headers.length === 0) return null;
  if (headers.some(([name]) => name.startsWith(':'))) return headers.length;
  return headers.filter(([name]) => !HTTP1_ONLY.test(name)).length + PSEUDO_HEADERS;
}

const SEPARATORS = ': \r\n'.length;

const cookieBytes = (headers: readonly Header[]): number =>
  headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .reduce((sum, [name, value]) => sum + name.length + value.length + SEPARATORS, 0);
