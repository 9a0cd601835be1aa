import type { ConnectionApi } from '../protocol.ts';

/** What the recorder knows. All times are epoch milliseconds of this machine's clock, all sizes bytes; null is "unknown". */

export type Transport =
  | 'request'
  | 'navigation'
  | 'polling'
  | 'long-polling'
  | 'sse'
  | 'http-stream'
  | 'websocket'
  | 'webtransport'
  | 'telemetry'
  | 'media';

/** measured: counted by the browser or the hook · derived: exact arithmetic on measured parts · estimated: with a ± band. */
export type Provenance = 'measured' | 'derived' | 'estimated' | 'unknown';

export interface Figure {
  value: number | null;
  provenance: Provenance;
  plusMinus: number | null;
}

export const UNKNOWN: Figure = { value: null, provenance: 'unknown', plusMinus: null };

/** A document of the inspected tab, as its relay announced it. */
export interface PageDocument {
  key: string;
  frameId: number;
  url: string;
}

export type Api = 'fetch' | 'xhr' | 'beacon';

/** What devtools.network told of one request, in bytes on the wire. Header bytes are null where HTTP/2 hides them. */
export interface NetworkEntry {
  method: string;
  url: string;
  /** Chromium's `_resourceType`: fetch, xhr, websocket, eventsource, ping, document, … */
  resourceType: string;
  httpVersion: string;
  startedAt: number;
  endedAt: number;
  /** From the request's last byte to the response's first. */
  waitMs: number;
  status: number;
  contentType: string | null;
  contentEncoding: string | null;
  requestHeaderBytes: number | null;
  responseHeaderBytes: number | null;
  /** The body as it crossed the wire, with content coding and chunk framing. */
  responseBodyWireBytes: number | null;
  /** The body after content decoding. */
  contentBytes: number | null;
  requestBodyBytes: number | null;
  /** Served without a word to the server: nothing crossed the wire. */
  fromCache: boolean;
  /** Where a redirect led, absolute; its next hop is an entry of its own. */
  redirectUrl: string | null;
  /** Text of the response, null when there is none, it is binary, or too large to compare. */
  body: string | null;
}

export type Outcome = 'pending' | 'done' | 'error' | 'aborted' | 'cut';

/** What a completed exchange brought: the first of a channel is the baseline, in neither count. */
export type Worth = 'baseline' | 'useful' | 'empty' | 'identical' | 'volatile-only' | 'held-timeout' | 'error';

/** One HTTP request and its response. */
export interface Exchange {
  id: number;
  documentKey: string | null;
  api: Api | null;
  method: string;
  url: string;
  startedAt: number;
  respondedAt: number | null;
  endedAt: number | null;
  waitMs: number | null;
  status: number | null;
  contentType: string | null;
  outcome: Outcome;
  requestBodyBytes: number | null;
  responseBodyBytes: number | null;
  /** Which source saw it. */
  page: boolean;
  network: NetworkEntry | null;
  worth: Worth | null;
  /** Its payload and worth are counted; only a straggling header count may still follow. */
  judged: boolean;
}

/** One WebSocket or EventSource from construction to close, with all its reconnects. */
export interface Connection {
  id: number;
  documentKey: string | null;
  api: ConnectionApi;
  url: string;
  startedAt: number;
  openedAt: number | null;
  closedAt: number | null;
  /** Times it opened; every one after the first is a reconnect. */
  opens: number;
  state: 'connecting' | 'open' | 'reconnecting' | 'closed' | 'cut';
  closeCode: number | null;
  wasClean: boolean | null;
  protocol: string;
  extensions: string;
  lastEventId: string;
  /** HTTP exchanges of this connection that devtools.network reported. */
  handshakes: NetworkEntry[];
}

/** Fails to compile when a union gains a member that a switch forgot. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected ${JSON.stringify(value)}`);
}
