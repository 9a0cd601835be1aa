import type { Direction } from '../../protocol.ts';
import type { BufferedPeak, Outcome, Transport, Worth } from '../model.ts';

/**
 * What simulation, advice and health know of a recording, whatever it was read from.
 * Times are epoch ms of this machine's clock, sizes bytes; null is "unknown".
 */
export interface SessionFacts {
  startedAt: number;
  now: number;
  documents: DocumentFacts[];
  channels: ChannelFacts[];
}

export interface Span {
  from: number;
  to: number;
}

export interface DocumentFacts {
  key: string;
  url: string;
  /** When its tab was hidden, in order. */
  hidden: Span[];
}

export interface ChannelFacts {
  id: number;
  transport: Transport | null;
  /** Application protocol recognised inside, such as `engine.io`. */
  protocol: string | null;
  method: string;
  /** The URL of its newest exchange, absolute. */
  url: string;
  /** The part of the URL that stays the same. */
  urlTemplate: string;
  documentKey: string | null;
  /** As the browser reports it: `http/1.1`, `h2`, `h3`. */
  httpVersion: string | null;
  startedAt: number;
  lastAt: number;
  /** Round-trip baseline of its origin. */
  rttMs: number | null;
  /** Server clock minus this machine's, where something measured it. */
  clock: ClockOffset | null;
  /** In order of start. */
  exchanges: ExchangeFacts[];
  /** In order of time, both directions. */
  messages: MessageFacts[];
  /** One per opening, in order of start: an EventSource that reconnects has several. */
  connections: ConnectionFacts[];
}

export interface ClockOffset {
  offsetMs: number;
  errorMs: number;
}

/** One event that a payload speaks of. */
export interface Item {
  /** When the server says it happened, on the server's clock. */
  stamp: number | null;
  payloadBytes: number;
}

/** One HTTP request and its response. */
export interface ExchangeFacts {
  url: string;
  startedAt: number;
  /** When it left the queue of the browser. */
  sentAt: number | null;
  /** When the response head was there. */
  respondedAt: number | null;
  endedAt: number | null;
  waitMs: number | null;
  outcome: Outcome;
  status: number | null;
  worth: Worth | null;
  hidden: boolean | null;
  contentType: string | null;
  /** The response's content after decoding. */
  payloadBytes: number | null;
  requestBodyBytes: number | null;
  /** The events its content lists; null: it is one piece. */
  items: Item[] | null;
  /** What only the network stack sees; null: it has not told. */
  network: NetworkFacts | null;
}

export interface NetworkFacts {
  blockedMs: number | null;
  requestHeaderBytes: number | null;
  responseHeaderBytes: number | null;
  /** How far both may be off, 0 when measured. */
  headerPlusMinus: number;
  /** Request headers, pseudo-headers of HTTP/2 included. */
  requestHeaderCount: number | null;
  cookieBytes: number;
  /** It carries an `Authorization` header, which neither EventSource nor a browser's WebSocket can. */
  authorized: boolean;
  /** It carries `If-None-Match` or `If-Modified-Since`. */
  conditional: boolean;
  /** The body as it crossed the wire. */
  bodyWireBytes: number | null;
  contentEncoding: string | null;
  cacheControl: string | null;
  /** The response carries `ETag` or `Last-Modified`. */
  hasValidator: boolean;
  fromCache: boolean;
}

/** heartbeat: keeps the connection alive · control: belongs to the protocol (handshake, subscription, acknowledgement) · data: the rest. */
export type MessageRole = 'heartbeat' | 'control' | 'data';

export interface MessageFacts {
  connectionId: number;
  at: number;
  direction: Direction;
  role: MessageRole;
  binary: boolean;
  payloadBytes: number | null;
  /** Bytes around the payload on the wire: WebSocket header; fields of an event stream. */
  framingBytes: number | null;
  /** Id that a reply shares with what it answers. */
  correlation: string | null;
  /** Compared with the message before it in its direction. */
  repeats: 'identical' | 'volatile-only' | null;
  items: Item[] | null;
  /** The whole text, for estimating what compression would save. */
  text: string | null;
}

/** One physical connection of a WebSocket, EventSource or stream. */
export interface ConnectionFacts {
  id: number;
  startedAt: number;
  /** null: it never opened. */
  openedAt: number | null;
  /** null: it still stands. */
  closedAt: number | null;
  closeCode: number | null;
  wasClean: boolean | null;
  /** What it asked the server to resume from; '' for none. */
  lastEventId: string;
  /** Reconnection time the stream asked for. */
  retryMs: number | null;
  extensions: string;
  requestHeaderBytes: number | null;
  responseHeaderBytes: number | null;
  /** `bufferedAmount` after a send, each time it was higher than ever. */
  bufferedPeaks: BufferedPeak[];
}
