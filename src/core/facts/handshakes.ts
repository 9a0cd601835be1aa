import { originOf } from '../channel-key.ts';
import { type BrowserHeaders, createBrowserHeaders, estimateHandshake, learnHeaders } from '../metrics/handshake.ts';
import type { Connection } from '../model.ts';
import type { Log } from '../state.ts';

/** Requests that show what a browser adds to each of its own. */
const LEARNT_FROM = 100;

/** What the browser adds to every request; a session file does not keep that, but keeps the requests. */
export function browserHeadersOf({ browserHeaders, history }: Log): BrowserHeaders {
  if (browserHeaders.userAgent !== null) return browserHeaders;
  const known = createBrowserHeaders();
  for (const { network } of history.exchanges.all.slice(-LEARNT_FROM))
    if (network !== null) learnHeaders(known, network);
  return known;
}

/** The network log tells a WebSocket's handshake only once it has closed: until then it is reckoned line by line. */
export function estimatedHead(
  log: Log,
  { api, url, documentKey, protocol, extensions, openedAt }: Connection,
  browserHeaders: BrowserHeaders,
): { requestHeaderBytes: number; responseHeaderBytes: number | null } | null {
  if (api !== 'websocket' && api !== 'websocket-stream') return null;
  const pageOrigin = originOf(log.documents.get(documentKey ?? '')?.url ?? url);
  const head = estimateHandshake(browserHeaders, { url, pageOrigin, protocol, extensions });
  return head === null
    ? null
    : { requestHeaderBytes: head.request, responseHeaderBytes: openedAt === null ? null : head.response };
}
