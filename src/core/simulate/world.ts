/** What a simulation is told and what it answers. All times are ms from the start of the horizon, on the server's clock; sizes bytes. */

export interface SimulatedEvent {
  atMs: number;
  payloadBytes: number;
  /** The payload under permessage-deflate; null: not known, at most `payloadBytes`. */
  deflatedBytes: number | null;
}

/** Something the page says to the server. */
export interface Send {
  atMs: number;
  payloadBytes: number;
}

export interface Link {
  /** From the page's call to the server, the browser's own time included. */
  upMs: number;
  /** From the server to the browser. */
  downMs: number;
  /** From reading the news to the response leaving. */
  serviceMs: number;
  /** From a response's arrival at the browser to the page's call for the next long poll. */
  clientGapMs: number;
}

/** `h2` also stands for HTTP/3, whose head compression (QPACK) costs about the same. */
export type HttpVersion = 'http/1.1' | 'h2';

/** Heads of one request and its response as they cross the wire. */
export interface Heads {
  requestBytes: number;
  responseBytes: number;
}

export interface HeadSizes {
  /** A poll that brings news. */
  poll: Heads;
  /** One that brings none: an empty content, 204, or the error that ends a hold. */
  empty: Heads;
  /** A poll with If-None-Match, answered 304. */
  notModified: Heads;
  /** The request that opens an event stream. */
  stream: Heads;
  /** The upgrade to WebSocket; HTTP/1.1 in any world. */
  webSocket: Heads;
  /** A request whose only purpose is to say something. */
  send: Heads;
}

/** A stream has no connection between these. */
export interface Outage {
  fromMs: number;
  toMs: number;
}

/** Everything besides the events and the transport. */
export interface World {
  horizonMs: number;
  link: Link;
  httpVersion: HttpVersion;
  heads: HeadSizes;
  /** Content of each poll's request. */
  askBytes: number;
  /** Around the events of one poll's response. */
  envelopeBytes: number;
  /** Content of a response that brings nothing. */
  emptyReplyBytes: number;
  /** Wire bytes of one byte of a response's content: below 1 where it is compressed. */
  bodyRatio: number;
  /** Fields around one event in an event stream, chunk framing aside. */
  eventFieldBytes: number;
  /** How long the server keeps an idle connection for the next poll. */
  keepAliveMs: number;
  /** Gap between heartbeats of a stream; null: none. */
  heartbeatMs: number | null;
  /** In order, not overlapping. */
  outages: readonly Outage[];
  /** The server resends what a stream missed. */
  replay: boolean;
  sends: readonly Send[];
}

export interface PollingChoice {
  transport: 'polling';
  periodMs: number;
  /** interval: from request to request; timeout: from response to request. */
  timer: 'interval' | 'timeout';
  /** Nothing new is answered by 304 and no content. */
  conditional: boolean;
  /** log: every response brings all events since the last; snapshot: only the state as it is. */
  mode: 'log' | 'snapshot';
  /** The first request; null: any. One simulation then starts at 0, an ensemble draws it. */
  phaseMs: number | null;
}

export type Choice =
  | PollingChoice
  | { transport: 'long-polling'; timeoutMs: number }
  | { transport: 'sse' }
  | { transport: 'websocket'; deflate: boolean };

export interface WireBytes {
  requestHeader: number;
  responseHeader: number;
  framing: number;
  payload: number;
}

export const totalBytes = ({ requestHeader, responseHeader, framing, payload }: WireBytes): number =>
  requestHeader + responseHeader + framing + payload;

/** What the same events cost over one transport. */
export interface Played {
  choice: Choice;
  /** HTTP requests for news, connection openings included. */
  requests: number;
  /** Of those: brought at least one event; brought none; not answered within the horizon. */
  useful: number;
  wasted: number;
  pending: number;
  /** HTTP requests that only said something. */
  sends: number;
  bytes: WireBytes;
  /** Of all that, the first opening of a stream, which comes once however long it then lasts; null where there is no stream. */
  opening: { bytes: WireBytes; useful: number; wasted: number } | null;
  /** From event to arrival, in order of the events delivered. */
  latenciesMs: number[];
  /** Nobody asked for them before the horizon. */
  undelivered: number;
  /** Replaced by a newer state before anybody asked. */
  coalesced: number;
  /** Missed in an outage, for good. */
  lost: number;
  /** With a request under way or a stream on it, on average over time: the server cannot close them. */
  connectionsHeld: number;
  /** Kept for the next request, on average over time: the server may close them when it needs to. */
  connectionsIdle: number;
}

export const noBytes = (): WireBytes => ({ requestHeader: 0, responseHeader: 0, framing: 0, payload: 0 });

export function createPlayed(choice: Choice): Played {
  return {
    choice,
    requests: 0,
    useful: 0,
    wasted: 0,
    pending: 0,
    sends: 0,
    bytes: noBytes(),
    opening: null,
    latenciesMs: [],
    undelivered: 0,
    coalesced: 0,
    lost: 0,
    connectionsHeld: 0,
    connectionsIdle: 0,
  };
}
