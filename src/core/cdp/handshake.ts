import type { NetworkEntry } from '../model.ts';
import { utf8Bytes } from '../utf8.ts';
import { type CdpHeaders, headerList } from './headers.ts';

/** The part of the protocol's `Network.WebSocketResponse` that is read here. */
export interface HandshakeResponse {
  status: number;
  headers: CdpHeaders;
  headersText?: string | undefined;
  requestHeaders?: CdpHeaders | undefined;
  requestHeadersText?: string | undefined;
}

/** When a handshake was sent and answered, and until when it is told of, in epoch ms. */
export interface HandshakeTimes {
  startedAt: number;
  respondedAt: number;
  endedAt: number;
}

/** What the protocol tells of a WebSocket's handshake, heads to the byte: DevTools tells it to extensions only after the close. */
export function handshakeEntry(url: string, times: HandshakeTimes, response: HandshakeResponse): NetworkEntry {
  const { status, headers, headersText, requestHeaders = {}, requestHeadersText } = response;
  // Over HTTP/2 (RFC 8441) there is no text, as heads are compressed.
  const isText = requestHeadersText !== undefined && requestHeadersText !== '';
  return {
    method: 'GET',
    url: url.split('#', 1)[0]!,
    resourceType: 'websocket',
    httpVersion: isText ? 'http/1.1' : '',
    startedAt: times.startedAt,
    endedAt: times.endedAt,
    blockedMs: 0,
    waitMs: times.respondedAt - times.startedAt,
    receiveMs: 0,
    status,
    contentType: null,
    contentEncoding: null,
    requestHeaderBytes: isText ? utf8Bytes(requestHeadersText) - originLength(url) : null,
    responseHeaderBytes: isText && headersText ? utf8Bytes(headersText) : null,
    headerPlusMinus: 0,
    requestHeaders: headerList(requestHeaders),
    responseHeaders: headerList(headers),
    responseBodyWireBytes: null,
    contentBytes: null,
    requestBodyBytes: null,
    fromCache: false,
    redirectUrl: null,
    requestBody: null,
    body: null,
  };
}

/** Chromium's text of the request head has the URL in full, of which the wire carries path and query (measured against raw sockets). */
const originLength = (url: string): number => /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
