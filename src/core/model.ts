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

/** In place of a frame: a worker, which deep capture watches as a document of its own. */
export const WORKER_FRAME_ID = -1;

/** A document of the inspected tab, as its relay announced it, or a worker. */
export interface PageDocument {
  key: string;
  frameId: number;
  url: string;
}

export type Api = 'fetch' | 'xhr' | 'beacon';

/** Name, value. */
export type Header = readonly [string, string];

/** What devtools.network (or a HAR file) told of one request, in bytes on the wire. */
export interface NetworkEntry {
  method: string;
  url: string;
  /** Chromium's `_resourceType`: fetch, xhr, websocket, eventsource, ping, document, … */
  resourceType: string;
  httpVersion: string;
  startedAt: number;
  endedAt: number;
  /** Queued for a free connection before anything was sent. */
  blockedMs: number;
  /** From the request's last byte to the response's first. */
  waitMs: number;
  /** From the response's first byte to its last. */
  receiveMs: number;
  status: number;
  contentType: string | null;
  contentEncoding: string | null;
  requestHeaderBytes: number | null;
  responseHeaderBytes: number | null;
  /** 0: measured. Otherwise how far the two above may be off: HTTP/2 compresses heads and hides their size. */
  headerPlusMinus: number;
  requestHeaders: readonly Header[];
  responseHeaders: readonly Header[];
  /** The body as it crossed the wire, with content coding and chunk framing. */
  responseBodyWireBytes: number | null;
  /** The body after content decoding. */
  contentBytes: number | null;
  requestBodyBytes: number | null;
  /** Served without a word to the server: nothing crossed the wire. */
  fromCache: boolean;
  /** Where a redirect led, absolute; its next hop is an entry of its own. */
  redirectUrl: string | null;
  /** Text of the request's body, null when there is none or it is not known. */
  requestBody: string | null;
  /** Text of the response, null when there is none, it is binary, or too large to compare. */
  body: string | null;
}

export type Outcome = 'pending' | 'done' | 'error' | 'aborted' | 'cut';

/** What a completed exchange brought: the first of a channel is the baseline, in neither count. */
export type Worth = 'baseline' | 'useful' | 'empty' | 'identical' | 'volatile-only' | 'held-timeout' | 'error';

/** One HTTP request and its response. */
export interface Exchange {
  id: number;
  channelId: number;
  documentKey: string | null;
  api: Api | null;
  method: string;
  url: string;
  startedAt: number;
  respondedAt: number | null;
  endedAt: number | null;
  waitMs: number | null;
  /** The page was hidden when it was sent; null: nobody knows. */
  hidden: boolean | null;
  status: number | null;
  contentType: string | null;
  outcome: Outcome;
  requestBodyBytes: number | null;
  responseBodyBytes: number | null;
  /** Head of the request's text, which tells GraphQL and JSON-RPC calls apart. */
  requestText: string | null;
  /** Pieces in which the page read the response, and pauses between them. */
  chunks: number;
  pauses: number;
  chunkBytes: number;
  lastChunkAt: number | null;
  /** Its response was a stream of messages, not one answer. */
  streamed: boolean;
  /** Where the page asked for it. */
  stack: string | null;
  /** It was sent as something came in on another channel. */
  isReaction: boolean;
  /** Which source saw it. */
  page: boolean;
  network: NetworkEntry | null;
  worth: Worth | null;
  /** Its payload and worth are counted; only a straggling header count may still follow. */
  judged: boolean;
  /** Its head was counted while it was still open. */
  headTold: boolean;
}

export interface BufferedPeak {
  at: number;
  bytes: number;
}

/** One WebSocket or EventSource from construction to close, with all its reconnects. */
export interface Connection {
  id: number;
  channelId: number;
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
  stack: string | null;
  /** When it was open, oldest first; `to` null: still. */
  spans: { from: number; to: number | null }[];
  /** `bufferedAmount` after a send, each time it was higher than ever; the newest. */
  bufferedPeaks: BufferedPeak[];
  /** Event streams whose end the network log has not told yet: when each opened, and the bytes its messages explain. */
  streams: { openedAt: number; bytes: number }[];
  /** HTTP exchanges of this connection that devtools.network reported. */
  handshakes: NetworkEntry[];
}

/** Fails to compile when a union gains a member that a switch forgot. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected ${JSON.stringify(value)}`);
}

/** Key of what no document did, as far as anybody saw: the sockets and streams of workers, which have no hooks. */
export const NO_HOOKS = 'no hooks';
