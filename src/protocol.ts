/**
 * What the page hooks say, and how it travels: page (MAIN world) → relay (ISOLATED world) → recorder (devtools page).
 * Times in events are milliseconds of the document's own monotonic clock (`performance.now()`);
 * a batch carries the pair of readings which turns them into wall time.
 * Everything here comes out of a page and is hostile until `readBatch` has seen it.
 */

export const PROTOCOL_VERSION = 2;

/** The DOM event that hands the relay its end of the private MessagePort, dispatched once at document_start. */
export const HANDOVER_EVENT = 'transport-lens:port';

/** Events kept in the page while nobody listens; the oldest go first and are counted. */
export const RING_EVENTS = 4096;
/** Characters of message and URL text kept in the page while nobody listens. */
export const RING_CHARS = 1_000_000;
/** Events in one batch; larger batches gain nothing (measured: 10 → 73k, 100 → 96k, 1000 → 91k events/s). */
export const BATCH_EVENTS = 100;
export const BATCH_DELAY_MS = 50;
/** Characters of one message's text that travel to the recorder unless it asks for another number; sizes are always complete. */
export const TEXT_CHARS = 16_384;
/** Characters of a request's text body that travel. */
export const REQUEST_TEXT_CHARS = 4096;
/** Bytes of one binary message that travel, likewise. */
export const BINARY_BYTES = 4096;
/** No recorder may ask for more of either. */
export const MAX_CONTENT = 1_000_000;
/** Batches that may be on their way to the recorder unacknowledged; beyond that events wait in the ring, and the oldest are lost and counted. */
export const WINDOW_BATCHES = 256;

export type Direction = 'sent' | 'received';
export type ConnectionApi = 'websocket' | 'event-source' | 'websocket-stream' | 'webtransport';

/** `id` counts up within a document; `at` is in ms on the document's monotonic clock. */
type At = { id: number; at: number };

export type PageEvent =
  /** A fetch or XMLHttpRequest was sent. `url` as the page wrote it (`base` of the batch resolves it); null: unknown to the hook. */
  | (At & {
      kind: 'request';
      api: 'fetch' | 'xhr' | 'beacon';
      method: string;
      url: string | null;
      bodyBytes: number | null;
      /** The head (REQUEST_TEXT_CHARS) of a text body, which tells GraphQL and JSON-RPC calls on one URL apart; null for any other. */
      bodyText: string | null;
      /** Where it was called, as `Error.stack` tells it, when the recorder asked for stacks. */
      stack: string | null;
    })
  /** Its response head arrived. `url` after redirects. */
  | (At & { kind: 'response'; status: number; url: string; contentType: string | null })
  /**
   * Bytes of its body as the page read them. `text`: the same decoded, for media types that are streamed as text
   * (event streams, NDJSON, JSON sequences, multipart, plain text) while the recorder listens; null otherwise.
   */
  | (At & { kind: 'chunk'; bytes: number; text: string | null })
  /** It is over. `bodyBytes`: content bytes the hook could count, null where only the network panel knows. */
  | (At & { kind: 'end'; outcome: 'done' | 'error' | 'aborted'; bodyBytes: number | null })
  /** A WebSocket, EventSource, WebSocketStream or WebTransport was constructed. */
  | (At & { kind: 'connect'; api: ConnectionApi; url: string; stack: string | null })
  /** It opened (an EventSource opens again after each reconnect). */
  | (At & { kind: 'open'; protocol: string; extensions: string })
  /** `type` is the SSE event name, or 'text' / 'binary', or for WebTransport 'stream' / 'datagram'. */
  | (At & {
      kind: 'message';
      direction: Direction;
      type: string;
      /** null when only the browser knows (an object sent through its own toString). */
      payloadBytes: number | null;
      /** The head of a text payload; null for a binary one. */
      text: string | null;
      /** The head of a binary payload, copied; null for a text one, and where the page hands over a Blob. */
      bytes: Uint8Array | null;
      /** Names a Blob whose head follows in a `content`; null for all else. */
      contentId: number | null;
      lastEventId: string;
    })
  /** The head of a Blob that a message of this connection carried. */
  | (At & { kind: 'content'; contentId: number; bytes: Uint8Array })
  /** `bufferedAmount` reached a new peak after a send: the network takes less than the page gives. */
  | (At & { kind: 'buffered'; bytes: number })
  /** An EventSource lost its connection and will try again. */
  | (At & { kind: 'reconnecting' })
  /** A connection is over; code 1006 and '' for an EventSource, which has neither. */
  | (At & { kind: 'close'; code: number | null; reason: string; wasClean: boolean })
  /** The document was hidden or shown; the first tells how it began. */
  | (At & { kind: 'visibility'; state: string });

/** What one document sends in one go. `dropped` counts the events the ring lost since the last batch. */
export interface Batch {
  v: typeof PROTOCOL_VERSION;
  /** Wall clock (epoch ms) and monotonic clock (ms) read in the same instant. */
  wallAt: number;
  monoAt: number;
  /** `document.baseURI`, against which relative URLs resolve. */
  base: string;
  dropped: number;
  events: PageEvent[];
}

/** The relay announces a document by `runtime.sendMessage`; the recorder that owns the tab dials it. */
export interface Hello {
  transportLens: 'hello';
  /** Epoch ms: nothing the document does is older. */
  at: number;
}
/** The recorder asks every document of its tab to say hello. */
export interface RollCall {
  transportLens: 'roll-call';
}
/** How much of each payload the recorder wants, and whether stacks (they cost the page some microseconds a call). */
export interface Wanted {
  textChars: number;
  binaryBytes: number;
  stacks: boolean;
}
export const WANTED_BY_DEFAULT: Wanted = { textChars: TEXT_CHARS, binaryBytes: BINARY_BYTES, stacks: false };
/** What the recorder tells the page hooks, forwarded by the relay. `ack`: so many more batches were taken in. */
export type Order = { order: 'start'; wanted: Wanted } | { order: 'stop' } | { order: 'ack'; batches: number };

const KINDS: Record<PageEvent['kind'], (e: Record<string, unknown>) => boolean> = {
  request: (e) =>
    isOneOf(e.api, ['fetch', 'xhr', 'beacon']) &&
    isString(e.method) &&
    isTextOrNull(e.url) &&
    isCountOrNull(e.bodyBytes) &&
    isTextOrNull(e.bodyText) &&
    isTextOrNull(e.stack),
  response: (e) => isCount(e.status) && isString(e.url) && isTextOrNull(e.contentType),
  chunk: (e) => isCount(e.bytes) && isContentOrNull(e.text),
  end: (e) => isOneOf(e.outcome, ['done', 'error', 'aborted']) && isCountOrNull(e.bodyBytes),
  connect: (e) =>
    isOneOf(e.api, ['websocket', 'event-source', 'websocket-stream', 'webtransport']) &&
    isString(e.url) &&
    isTextOrNull(e.stack),
  open: (e) => isString(e.protocol) && isString(e.extensions),
  message: (e) =>
    isOneOf(e.direction, ['sent', 'received']) &&
    isString(e.type) &&
    isCountOrNull(e.payloadBytes) &&
    isContentOrNull(e.text) &&
    (e.bytes === null || isBytes(e.bytes)) &&
    isCountOrNull(e.contentId) &&
    isString(e.lastEventId),
  content: (e) => isCount(e.contentId) && isBytes(e.bytes),
  buffered: (e) => isCount(e.bytes),
  reconnecting: () => true,
  close: (e) => isCountOrNull(e.code) && isString(e.reason) && typeof e.wasClean === 'boolean',
  visibility: (e) => isString(e.state),
};

/**
 * Checks a batch once, at the boundary. Malformed events are left out and counted in `rejected`;
 * null when the batch as a whole is not one of ours.
 */
export function readBatch(raw: unknown): { batch: Batch; rejected: number } | null {
  if (!isRecord(raw) || raw.v !== PROTOCOL_VERSION || !Array.isArray(raw.events)) return null;
  if (!isFiniteNumber(raw.wallAt) || !isFiniteNumber(raw.monoAt) || !isString(raw.base) || !isCount(raw.dropped))
    return null;
  if (raw.events.length > RING_EVENTS) return null;
  const events = raw.events.filter(isPageEvent);
  const { wallAt, monoAt, base, dropped } = raw as unknown as Batch;
  return {
    batch: { v: PROTOCOL_VERSION, wallAt, monoAt, base, dropped, events },
    rejected: raw.events.length - events.length,
  };
}

function isPageEvent(e: unknown): e is PageEvent {
  return (
    isRecord(e) &&
    isCount(e.id) &&
    isFiniteNumber(e.at) &&
    isString(e.kind) &&
    Object.hasOwn(KINDS, e.kind) &&
    KINDS[e.kind as PageEvent['kind']](e)
  );
}

const MAX_STRING = 4 * TEXT_CHARS;
const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;
const isString = (x: unknown): x is string => typeof x === 'string' && x.length <= MAX_STRING;
const isTextOrNull = (x: unknown): boolean => x === null || isString(x);
const isContentOrNull = (x: unknown): boolean => x === null || (typeof x === 'string' && x.length <= MAX_CONTENT);
const isBytes = (x: unknown): x is Uint8Array => x instanceof Uint8Array && x.byteLength <= MAX_CONTENT;
const isFiniteNumber = (x: unknown): x is number => typeof x === 'number' && Number.isFinite(x);
const isCount = (x: unknown): x is number => isFiniteNumber(x) && x >= 0;
const isCountOrNull = (x: unknown): boolean => x === null || isCount(x);
const isOneOf = (x: unknown, all: string[]): boolean => isString(x) && all.includes(x);
