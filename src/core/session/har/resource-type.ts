import type { HarEntry } from '../../har-entry.ts';
import { valueOf as headerValue } from '../../har-entry.ts';
import type { Header } from '../../model.ts';
import { mediaTypeOf } from '../../streams/reader.ts';
import type { Fields } from './fields.ts';

/** Kinds of request that can carry news; pictures, scripts and styles are not looked at. */
const LOOKED_AT = new Set(['fetch', 'xhr', 'websocket', 'eventsource', 'ping', 'document']);

/** Whether a request of that kind is looked at. A page that was merely opened is no way to get news; one that was posted for is. */
export const isLookedAt = (resourceType: string, method: string): boolean =>
  LOOKED_AT.has(resourceType) && (resourceType !== 'document' || method !== 'GET');

/** https://fetch.spec.whatwg.org/#concept-request-destination, as browsers send it in Sec-Fetch-Dest. */
const BY_DESTINATION: Record<string, string> = {
  empty: 'fetch',
  document: 'document',
  iframe: 'document',
  frame: 'document',
  websocket: 'websocket',
};
const PART_OF_PAGE = /^(image|font|video|audio)\/|^text\/css$|javascript|ecmascript|wasm/;

/** As DevTools name it; Chromium's own word where there is one, else what the request and its answer look like. */
export function resourceTypeOf(fields: Fields, { request, response }: HarEntry): string {
  const given = fields.text('_resourceType', '').toLowerCase();
  if (given !== '') return given;
  if (fields.has('_webSocketMessages')) return 'websocket';
  const headers = request.headers.map(({ name, value }): Header => [name, value]);
  const upgrades = headerValue(headers, 'upgrade')?.toLowerCase() === 'websocket';
  if (/^wss?:/i.test(request.url) || (upgrades && response.status === 101)) return 'websocket';
  const destination = headerValue(headers, 'sec-fetch-dest');
  if (destination !== null) return BY_DESTINATION[destination.toLowerCase()] ?? 'other';
  if (request.method === 'OPTIONS' && headerValue(headers, 'access-control-request-method') !== null)
    return 'preflight';
  const type = mediaTypeOf(response.content.mimeType);
  if (PART_OF_PAGE.test(type)) return 'other';
  return type === 'text/html' ? 'document' : 'fetch';
}
