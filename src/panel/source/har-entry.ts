import type { NetworkEntry } from '../../core/model.ts';
import { resolveUrl } from './resolve-url.ts';

interface HarHeader {
  name: string;
  value: string;
}

/** The part of Chromium's HAR entry that is read here; -1 stands for unknown. */
export interface HarEntry {
  _resourceType: string;
  _fromCache?: string;
  startedDateTime: string;
  time: number;
  request: { method: string; url: string; httpVersion: string; headersSize: number; bodySize: number };
  response: {
    status: number;
    headers: HarHeader[];
    headersSize: number;
    bodySize: number;
    redirectURL: string;
    content: { size: number; mimeType: string };
  };
  timings: { wait: number; receive: number };
}

/**
 * Turns Chromium's HAR entry into bytes on the wire. Chromium leaves out the last CRLF of a request head, counts the scheme
 * and host of a WebSocket's URL although they are not sent, and gives −1 for all heads of HTTP/2.
 * (Measured against raw sockets with Chromium 156.)
 */
export function fromHarEntry({ request, response, ...har }: HarEntry): NetworkEntry {
  const startedAt = Date.parse(har.startedDateTime);
  const url = request.url.split('#', 1)[0]!;
  const isWebSocket = har._resourceType === 'websocket';
  const requestExtra = isWebSocket ? -originLength(url) : CRLF;
  return {
    method: request.method,
    url,
    resourceType: har._resourceType,
    httpVersion: request.httpVersion.toLowerCase(),
    startedAt,
    endedAt: startedAt + har.time,
    waitMs: Math.max(har.timings.wait, 0),
    status: response.status,
    contentType: response.content.mimeType || null,
    contentEncoding: response.headers.find(({ name }) => name.toLowerCase() === 'content-encoding')?.value ?? null,
    requestHeaderBytes: request.headersSize > 0 ? request.headersSize + requestExtra : null,
    responseHeaderBytes: response.headersSize > 0 ? response.headersSize : null,
    // A WebSocket's is minus its head; a stream that was cut off counts as its head alone.
    responseBodyWireBytes: response.bodySize >= 0 && !isWebSocket ? response.bodySize : null,
    contentBytes: response.content.size >= 0 ? response.content.size : null,
    requestBodyBytes: request.bodySize >= 0 ? request.bodySize : null,
    fromCache: har._fromCache !== undefined,
    redirectUrl: response.redirectURL ? resolveUrl(response.redirectURL, url) : null,
    body: null,
  };
}

const CRLF = 2;
const originLength = (url: string): number => /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
