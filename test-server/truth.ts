import type { Scenario } from './scenario.ts';
import type { Delivering, Technique } from './techniques.ts';

/** `GET /truth/{run}`: what the sockets carried for one run. Described for readers in README.md and truth.schema.json. */
export interface Truth {
  schemaVersion: 1;
  run: string;
  scenario: Scenario;
  /** Epoch ms at which the schedule began; null while it waits for its clients. */
  startedAt: number | null;
  endedAt: number | null;
  techniques: Record<Technique, TechniqueTruth>;
  events: EventTruth[];
  /** Events and exchanges beyond the capacity are still counted above, but no longer listed. */
  eventsUnlisted: number;
  exchanges: ExchangeTruth[];
  exchangesUnlisted: number;
}

/** Counters of one technique. All directions are the page's: it sends requests and receives responses. */
export interface TechniqueTruth {
  requests: number;
  completedResponses: number;
  /** Polls that brought an event / brought none. The run's first complete response is the baseline: in neither. */
  useful: number;
  wasted: number;
  /** Complete responses with 4xx or 5xx, save a long poll's timeout. */
  errors: number;
  /** Exchanges whose connection closed before the response was complete. */
  aborted: number;
  requestHeadBytes: number;
  requestBodyBytes: number;
  responseHeadBytes: number;
  /** HTTP/1.1: size lines, CRLFs, last chunk. HTTP/2: the 9-byte headers and padding of DATA frames, both ways. */
  chunkFramingBytes: number;
  /** Response content. */
  bodyBytes: number;
  /** Messages the page's API sees coming in: events in polls, SSE events, NDJSON lines, WebSocket messages. */
  messages: number;
  /** Streams and sockets: accepted so far, and open now. */
  connections: number;
  open: number;
  /** SSE comments (keepalives). */
  comments: number;
  messagesSent: number;
  messagesReceived: number;
  /** Every WebSocket frame, control frames included. */
  framesSent: number;
  framesReceived: number;
  frameHeaderBytesSent: number;
  frameHeaderBytesReceived: number;
  /** Payload as on the wire: compressed when permessage-deflate is on; control frames included. */
  framePayloadBytesSent: number;
  framePayloadBytesReceived: number;
  /** Clients cut off because they did not read, and the messages thrown away with their queues. */
  cutOff: number;
  messagesDropped: number;
}

export interface EventTruth {
  id: string;
  seq: number;
  emittedAt: number;
  /** Epoch ms at which the event's last byte was first handed to a socket, by technique; null: never. */
  written: Record<Delivering, number | null>;
}

export type Outcome = 'open' | 'baseline' | 'useful' | 'wasted' | 'error' | 'aborted' | 'done';

export interface ExchangeTruth {
  technique: Technique;
  httpVersion: '1.1' | '2';
  method: string;
  target: string;
  status: number | null;
  outcome: Outcome;
  requestHeadBytes: number;
  requestBodyBytes: number;
  responseHeadBytes: number;
  chunkFramingBytes: number;
  bodyBytes: number;
  messages: number;
  startedAt: number;
  endedAt: number | null;
}

export const emptyTechniqueTruth = (): TechniqueTruth => ({
  requests: 0,
  completedResponses: 0,
  useful: 0,
  wasted: 0,
  errors: 0,
  aborted: 0,
  requestHeadBytes: 0,
  requestBodyBytes: 0,
  responseHeadBytes: 0,
  chunkFramingBytes: 0,
  bodyBytes: 0,
  messages: 0,
  connections: 0,
  open: 0,
  comments: 0,
  messagesSent: 0,
  messagesReceived: 0,
  framesSent: 0,
  framesReceived: 0,
  frameHeaderBytesSent: 0,
  frameHeaderBytesReceived: 0,
  framePayloadBytesSent: 0,
  framePayloadBytesReceived: 0,
  cutOff: 0,
  messagesDropped: 0,
});
