import type { HarEntry } from '../../har-entry.ts';
import { headerValue } from '../../har-entry.ts';
import { mediaTypeOf } from '../../media-type.ts';
import type { Header } from '../../model.ts';
import type { Fields } from './fields.ts';

/** https://fetch.spec.whatwg.org/#concept-request-destination, as browsers send it in Sec-Fetch-Dest. */
const BY_DESTINATION: Record<string, string> = {
  empty: 'fetch',
  document: 'document',
  iframe: 'document',
  frame: 'document',
  websocket: 'websocket',
  image: 'image',
  style: 'stylesheet',
  script: 'script',
  font: 'font',
  manifest: 'manifest',
  audio: 'media',
  video: 'media',
  track: 'media',
};
/** The first that fits; what is left was fetched. */
const BY_MEDIA_TYPE: readonly (readonly [RegExp, string])[] = [
  [/^text\/html$/, 'document'],
  [/^image\//, 'image'],
  [/^font\/|woff/, 'font'],
  [/^(audio|video)\//, 'media'],
  [/^text\/css$/, 'stylesheet'],
  [/javascript|ecmascript|wasm/, 'script'],
];

/** As DevTools name it; Chromium's own word where there is one, else what the request and its answer look like. */
export function resourceTypeOf(fields: Fields, { request, response }: HarEntry): string {
  const given = fields.text('_resourceType', '').toLowerCase();
  if (given !== '') return given;
  if (fields.has('_webSocketMessages')) return 'websocket';
  const headers = request.headers.map(({ name, value }): Header => [name, value]);
  const upgrades = headerValue(headers, 'upgrade')?.toLowerCase() === 'websocket';
  if (/^wss?:/i.test(request.url) || (upgrades && response.status === 101)) return 'websocket';
  const destination = headerValue(headers, 'sec-fetch-dest');
  if (destination !== null) return BY_DESTINATION[destination.toLowerCase()] ?? 'script';
  if (request.method === 'OPTIONS' && headerValue(headers, 'access-control-request-method') !== null)
    return 'preflight';
  const type = mediaTypeOf(response.content.mimeType);
  return BY_MEDIA_TYPE.find(([form]) => form.test(type))?.[1] ?? 'fetch';
}
