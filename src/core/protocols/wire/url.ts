import { mediaTypeOf as ofContentType } from '../../media-type.ts';
import type { Hint } from '../protocol.ts';

/** `https://host/a/b?c#d` → `/a/b`. */
export function pathOf(url: string): string {
  const start = pathStart(url);
  const end = pathEnd(url, start);
  return start >= end ? '/' : url.slice(start, end);
}

/** Origin and path, the same for a WebSocket as for HTTP: `wss://host/a?b` → `https://host/a`. */
export function endpointOf(url: string): string {
  const bare = url.slice(0, pathEnd(url, pathStart(url)));
  return bare.startsWith('ws') ? `http${bare.slice(2)}` : bare;
}

/** Decoded value of the first query parameter `key`; null when there is none. */
export function queryOf(url: string, key: string): string | null {
  const start = url.indexOf('?');
  if (start < 0) return null;
  const hash = url.indexOf('#', start);
  for (const pair of url.slice(start + 1, hash < 0 ? undefined : hash).split('&')) {
    if (pair === key) return '';
    if (pair.startsWith(`${key}=`)) return decodeForm(pair.slice(key.length + 1));
  }
  return null;
}

export const isWebSocketUrl = (url: string): boolean => url.startsWith('ws');

/** Was one of these subprotocols agreed on? */
export const speaks = (hint: Hint, ...subprotocols: string[]): boolean => subprotocols.includes(hint.subprotocol);

/** Media type without its parameters, in lower case. */
export const mediaTypeOf = (hint: Hint): string => ofContentType(hint.contentType);

export const isEventStream = (hint: Hint): boolean =>
  hint.eventName !== null || mediaTypeOf(hint) === 'text/event-stream';

/** Value of a form field or query parameter; as it came when it is not well encoded. */
export function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function pathStart(url: string): number {
  const scheme = url.indexOf('://');
  const from = scheme < 0 ? 0 : scheme + 3;
  for (let i = from; i < url.length; i++) if (isDelimiter(url.charCodeAt(i), true)) return i;
  return url.length;
}

/** Where the query or the fragment begins, looked for from `start` on. */
export function pathEnd(url: string, start: number): number {
  for (let i = start; i < url.length; i++) if (isDelimiter(url.charCodeAt(i), false)) return i;
  return url.length;
}

/** `?` and `#`, and `/` where it ends the authority. */
const isDelimiter = (code: number, slash: boolean): boolean => code === 63 || code === 35 || (slash && code === 47);
