import type { Header, NetworkEntry } from './model.ts';
import { H2_FRAME_HEADER_BYTES } from './simulate/bytes.ts';
import { warmReplyBytes, warmRequestBytes } from './simulate/http2.ts';

interface HarHeader {
  name: string;
  value: string;
}

/** The part of a HAR 1.2 entry that is read here, with Chromium's own fields; −1 stands for unknown. */
export interface HarEntry {
  _resourceType?: string;
  _fromCache?: string;
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    headers: HarHeader[];
    headersSize: number;
    bodySize: number;
    postData?: { text?: string };
  };
  response: {
    status: number;
    httpVersion: string;
    headers: HarHeader[];
    headersSize: number;
    bodySize: number;
    redirectURL: string;
    content: { size: number; mimeType: string; text?: string; encoding?: string };
    _transferSize?: number | null;
    _fetchedViaServiceWorker?: boolean;
  };
  timings: {
    blocked?: number;
    dns?: number;
    connect?: number;
    ssl?: number;
    send?: number;
    wait: number;
    receive: number;
  };
}

/**
 * Turns Chromium's HAR entry into bytes on the wire. Chromium leaves out the last CRLF of a request head, counts the scheme
 * and host of a WebSocket's URL although they are not sent, and gives −1 for all heads of HTTP/2.
 * (Measured against raw sockets with Chromium 156.)
 */
export function fromHarEntry({ request, response, timings, ...har }: HarEntry): NetworkEntry {
  const startedAt = Date.parse(har.startedDateTime);
  const url = request.url.split('#', 1)[0]!;
  const resourceType = har._resourceType ?? 'other';
  const isWebSocket = resourceType === 'websocket';
  const requestExtra = isWebSocket ? -originLength(url) : CRLF;
  const requestHeaders = pairs(request.headers);
  const responseHeaders = pairs(response.headers);
  const entry: NetworkEntry = {
    method: request.method,
    url,
    resourceType,
    httpVersion: request.httpVersion.toLowerCase(),
    startedAt,
    endedAt: startedAt + har.time,
    blockedMs: Math.max(timings.blocked ?? 0, 0),
    waitMs: Math.max(timings.wait, 0),
    receiveMs: Math.max(timings.receive, 0),
    status: response.status,
    contentType: contentTypeOf(response.content.mimeType, headerValue(responseHeaders, 'content-type')),
    contentEncoding: headerValue(responseHeaders, 'content-encoding'),
    requestHeaderBytes: request.headersSize > 0 ? request.headersSize + requestExtra : null,
    responseHeaderBytes: response.headersSize > 0 ? response.headersSize : null,
    headerPlusMinus: 0,
    requestHeaders,
    responseHeaders,
    // A WebSocket's is minus its head; a stream that was cut off counts as its head alone.
    responseBodyWireBytes: response.bodySize >= 0 && !isWebSocket ? response.bodySize : null,
    contentBytes: contentBytesOf(response, responseHeaders),
    requestBodyBytes: request.bodySize >= 0 ? request.bodySize : null,
    // What a service worker answered did not cross the wire; what that asked for itself has entries of its own.
    fromCache: har._fromCache !== undefined || response._fetchedViaServiceWorker === true,
    redirectUrl: response.redirectURL ? absolute(response.redirectURL, url) : null,
    requestBody: request.postData?.text ?? null,
    body: null,
  };
  return isHttp2(entry.httpVersion) ? withHttp2Heads(entry, response._transferSize ?? null) : entry;
}

/** What Chromium calls a text in which it finds a control character (MIME Sniffing §7.2), as between the packets of Engine.IO. */
const SNIFFED_BINARY = 'application/octet-stream';
const contentTypeOf = (mimeType: string, declared: string | null): string | null =>
  (mimeType === SNIFFED_BINARY ? declared : null) ?? (mimeType || null);

/** What a service worker hands on without reading it counts as no content, though a body came. */
function contentBytesOf(
  { bodySize, content: { size } }: HarEntry['response'],
  headers: readonly Header[],
): number | null {
  if (size !== 0 || bodySize <= LAST_CHUNK) return size >= 0 ? size : null;
  const length = headerValue(headers, 'content-length');
  return length !== null && headerValue(headers, 'content-encoding') === null ? Number(length) : null;
}
/** All that crosses the wire of an empty body in chunks. */
const LAST_CHUNK = 5;

const CRLF = 2;
const originLength = (url: string): number => /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
const pairs = (headers: readonly HarHeader[]): Header[] => headers.map(({ name, value }) => [name, value]);

/** The value of a header by its lower-case name, null when it is not there. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  const first = name.charCodeAt(0);
  for (let i = 0; i < headers.length; i++) {
    const given = headers[i]![0];
    // Names are ASCII, whose capitals differ by this bit alone: most are another name by their length or first letter.
    if (given.length !== name.length || (given.charCodeAt(0) | 0x20) !== first) continue;
    if (given === name || given.toLowerCase() === name) return headers[i]![1];
  }
  return null;
}

/** Chromium writes `h2`, `http/2.0` or `h3`. */
const isHttp2 = (httpVersion: string): boolean => /^h(ttp\/)?[23]/.test(httpVersion);

/**
 * HTTP/2 and HTTP/3 compress heads, and only the size of a whole response is told (`_transferSize`: its HEADERS and DATA frames).
 * The request is reckoned as one on a warm connection, where each header but the path is one octet; header values that are
 * new to the connection cost more, and there is no telling which are.
 */
function withHttp2Heads(entry: NetworkEntry, transferBytes: number | null): NetworkEntry {
  const { requestHeaders, responseHeaders, url, contentBytes, contentEncoding } = entry;
  const path = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] || '/';
  const bodyBytes = contentEncoding === null ? contentBytes : null;
  const isTold = transferBytes !== null && transferBytes > 0 && bodyBytes !== null && bodyBytes < transferBytes;
  const dataFrameBytes = bodyBytes === 0 ? 0 : H2_FRAME_HEADER_BYTES;
  return {
    ...entry,
    requestHeaderBytes: entry.requestHeaderBytes ?? warmRequestBytes(requestHeaders.length, path),
    responseHeaderBytes: isTold ? transferBytes - bodyBytes - dataFrameBytes : warmReplyBytes(responseHeaders.length),
    headerPlusMinus: HTTP2_BAND_BYTES,
  };
}
/** A cookie or token said anew. */
const HTTP2_BAND_BYTES = 40;

/** Where a redirect leads; what is no URL stays as it is: it is shown, never fetched. */
function absolute(location: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return location;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(base)?.[0];
  if (origin === undefined) return location;
  if (location.startsWith('//')) return `${origin.split('//', 1)[0]}${location}`;
  if (location.startsWith('/')) return origin + location;
  return `${origin}${/^[a-z]+:\/\/[^/?#]*([^?#]*\/)/i.exec(base)?.[1] ?? '/'}${location}`;
}
