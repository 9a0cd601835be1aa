import { headerValue } from '../har-entry.ts';
import type { NetworkEntry } from '../model.ts';
import { type CdpHeaders, headerList } from './headers.ts';

/** The part of the protocol's `Network.Request` that is read here. */
export interface CdpRequest {
  method: string;
  url: string;
  headers: CdpHeaders;
  hasPostData?: boolean;
  /** Missing for a long body. */
  postData?: string;
}

/** The part of the protocol's `Network.Response` that is read here. Times in `timing` are ms after `requestTime`, which is in s. */
export interface CdpResponse {
  status: number;
  url: string;
  headers: CdpHeaders;
  mimeType: string;
  protocol?: string;
  fromDiskCache?: boolean;
  /** So far: the head alone. */
  encodedDataLength: number;
  timing?: { requestTime: number; sendStart: number; sendEnd: number; receiveHeadersStart: number };
}

/** What became of a request, times in epoch ms. `endBytes`: of head and body on the wire, null where it did not come so far. */
export interface RequestCourse {
  type: string;
  startedAt: number;
  respondedAt: number;
  endedAt: number;
  /** `startedAt` on the clock of `timing`, in s. */
  timestamp: number;
  endBytes: number | null;
  contentBytes: number | null;
  redirectUrl: string | null;
  body: string | null;
}

/**
 * What the protocol tells of a request that DevTools' own network log does not know: of its head no more than what the page or
 * worker set itself, so that its size stays unknown; of the answer's head and body the bytes on the wire.
 */
export function responseEntry(request: CdpRequest, response: CdpResponse, course: RequestCourse): NetworkEntry {
  const { timing, encodedDataLength: headBytes } = response;
  const { startedAt, respondedAt, endedAt, endBytes, contentBytes, redirectUrl, body } = course;
  const responseHeaders = headerList(response.headers);
  const fromCache = response.fromDiskCache === true;
  const blockedMs =
    timing === undefined ? 0 : (timing.requestTime - course.timestamp) * 1000 + Math.max(timing.sendStart, 0);
  return {
    method: request.method,
    url: request.url.split('#', 1)[0]!,
    resourceType: course.type.toLowerCase(),
    httpVersion: (response.protocol ?? '').toLowerCase(),
    startedAt,
    endedAt,
    blockedMs,
    waitMs: timing === undefined ? respondedAt - startedAt : Math.max(timing.receiveHeadersStart - timing.sendEnd, 0),
    receiveMs: Math.max(endedAt - respondedAt, 0),
    status: response.status,
    contentType: response.mimeType || null,
    contentEncoding: headerValue(responseHeaders, 'content-encoding'),
    requestHeaderBytes: null,
    responseHeaderBytes: !fromCache && headBytes > 0 ? headBytes : null,
    headerPlusMinus: 0,
    requestHeaders: headerList(request.headers),
    responseHeaders,
    responseBodyWireBytes: endBytes === null ? null : Math.max(endBytes - headBytes, 0),
    contentBytes,
    requestBodyBytes: null,
    fromCache,
    redirectUrl,
    requestBody: request.postData ?? null,
    body,
  };
}
