/**
 * What the page hooks say, and how it travels: page (MAIN world) → relay (ISOLATED world) → recorder (devtools page).
 * Times in events are milliseconds of the document's own monotonic clock (`performance.now()`);
 * a batch carries the pair of readings which turns them into wall time.
 * Everything here comes out of a page and is hostile until `readBatch` has seen it.
 */

export const PROTOCOL_VERSION = 3;

/** The DOM event that hands the relay its end of the private MessagePort, dispatched once at document_start. */
export const HANDOVER_EVENT = 'transport-lens:port';

/** Events kept in the page while nobody listens; the oldest go first and are counted. */
export const RING_EVENTS = 4096;
/** Characters and bytes of content kept in the page. */
export const RING_CHARS = 1_000_000;
/** What an event takes on its way besides its texts and its content. */
export const EVENT_CHARS = 24;
/** A batch leaves at once when it holds so much. From 65,536 bytes on Chromium hands a message over in memory of its own, which costs more than all else. */
export const BATCH_CHARS = 56_000;
/** Events in one batch. */
export const BATCH_EVENTS = 1000;
export const BATCH_DELAY_MS = 50;
/** After a batch of so many events the next may wait for more: what a batch costs is the same for few and many. */
export const BUSY_EVENTS = 100;
export const BUSY_DELAY_MS = 100;
/** Characters of one message's text that travel to the recorder unless it asks for another number; sizes are always complete. */
export const TEXT_CHARS = 16_384;
/** Characters of a request's text body that travel. */
export const REQUEST_TEXT_CHARS = 4096;
/** Bytes of one binary message that travel, likewise. */
export const BINARY_BYTES = 4096;
/** No recorder may ask for more of either. */
export const MAX_CONTENT = 1_000_000;
/** Bytes a second of one response that travel as text, and at most at once: a stream is followed, a download is not copied. */
export const STREAM_BYTES_PER_S = 1_000_000;
/** Batches, and characters in them, that may be on their way to the recorder unacknowledged; beyond that events wait in the ring, and the oldest are lost and counted. */
export const WINDOW_BATCHES = 64;
export const WINDOW_CHARS = 16_000_000;
/** The recorder acknowledges so many batches at a time. */
export const ACK_BATCHES = 4;

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

/**
 * An event as it waits in the page: [kind, id, at, …fields in the order of `read-batch.ts`]. Binary content waits beside it, and
 * the event has only the number of its bytes; what can be worked out later is left to the recorder (`Unfinished`).
 */
export type WireEvent =
  | [
      kind: 'request',
      id: number,
      at: number,
      api: 'fetch' | 'xhr' | 'beacon',
      method: string,
      url: string | null,
      bodyBytes: number | null,
      bodyText: string | null,
      stack: string | null,
    ]
  | [kind: 'response', id: number, at: number, status: number, url: string, contentType: string | null]
  | [kind: 'chunk', id: number, at: number, bytes: number, text: string | null, textBytes: number | null]
  | [kind: 'end', id: number, at: number, outcome: 'done' | 'error' | 'aborted', bodyBytes: number | null]
  | [kind: 'connect', id: number, at: number, api: ConnectionApi, url: string, stack: string | null]
  | [kind: 'open', id: number, at: number, protocol: string, extensions: string]
  | [
      kind: 'message',
      id: number,
      at: number,
      direction: Direction,
      type: string,
      payloadBytes: number | typeof WHOLE_TEXT | null,
      text: string | null,
      bytes: number | null,
      contentId: number | null,
      lastEventId: string,
    ]
  | [kind: 'content', id: number, at: number, contentId: number, bytes: number]
  | [kind: 'buffered', id: number, at: number, bytes: number]
  | [kind: 'reconnecting', id: number, at: number]
  | [kind: 'close', id: number, at: number, code: number | null, reason: string, wasClean: boolean]
  | [kind: 'visibility', id: number, at: number, state: string];

/** In place of its size: the payload is the `text` of the event, all of it. */
export const WHOLE_TEXT = -1;

/**
 * An event that was checked, and still lacks what the page left to the recorder: the size of a message that is its whole
 * text, and the text of a stream, which is bytes of UTF-8 that may begin or end within a character.
 */
export type Unfinished =
  | Exclude<PageEvent, { kind: 'message' | 'chunk' }>
  | (Omit<Extract<PageEvent, { kind: 'message' }>, 'payloadBytes'> & {
      payloadBytes: number | typeof WHOLE_TEXT | null;
    })
  | (Omit<Extract<PageEvent, { kind: 'chunk' }>, 'text'> & { text: string | Uint8Array | null });

interface Head {
  v: typeof PROTOCOL_VERSION;
  /** Wall clock (epoch ms) and monotonic clock (ms) read in the same instant. */
  wallAt: number;
  monoAt: number;
  /** `document.baseURI`, against which relative URLs resolve. */
  base: string;
  /** Events the ring lost since the last batch. */
  dropped: number;
}
/** What one document sends in one go. */
export interface Batch<Event = PageEvent> extends Head {
  events: Event[];
}
/**
 * The same on its way. Columns, because the structured clone of an object for each event takes nine times as long (measured: 2.8
 * and 0.3 µs an event), and because nothing in them can hold more than it says. Few bytes, because every process on the
 * way pays for each of them.
 */
export interface WireBatch extends Head {
  /** Events in it. */
  count: number;
  /** Their `at`s. */
  times: Float64Array;
  /**
   * Their other fields one after another, each as one whole number, seven bits a byte, the lowest first, the eighth bit set where more
   * follow: 0 for null; n + 2 for a number n (a boolean is 0 or 1); for a text, 2 n + 1 when it is the next n characters of
   * `text`, and 2 n + 2 when it is the nth of `WORDS`.
   */
  fields: Uint8Array;
  /** Their texts one after another. */
  text: string;
  /** Their binary content one after another. */
  bytes: Uint8Array | null;
}

/** What the protocol itself says again and again, and so as a number. */
export const WORDS = [
  'request',
  'response',
  'chunk',
  'end',
  'connect',
  'open',
  'message',
  'content',
  'buffered',
  'reconnecting',
  'close',
  'visibility',
  'sent',
  'received',
  'text',
  'binary',
  'stream',
  'datagram',
  'fetch',
  'xhr',
  'beacon',
  'done',
  'error',
  'aborted',
  'websocket',
  'event-source',
  'websocket-stream',
  'webtransport',
  'visible',
  'hidden',
  'GET',
  'POST',
  '',
] as const;

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

/** Characters and bytes of one batch; a page hook's own are smaller by half. */
export const MAX_BATCH_CHARS = 2 * (RING_CHARS + MAX_CONTENT);
/** No event has more fields. */
export const MAX_FIELDS = 16;
/** A field takes no more bytes: it is less than 2^53. */
export const MAX_FIELD_BYTES = 8;

/** Whether this is a batch, of a size that is taken; what it says is not looked into. */
export function isBatch(x: unknown): x is WireBatch {
  if (typeof x !== 'object' || x === null) return false;
  const { v, wallAt, monoAt, base, dropped, count, times, fields, text, bytes } = x as Record<string, unknown>;
  return (
    v === PROTOCOL_VERSION &&
    [wallAt, monoAt, dropped, count].every((n) => typeof n === 'number') &&
    typeof base === 'string' &&
    typeof text === 'string' &&
    base.length + text.length <= MAX_BATCH_CHARS &&
    times instanceof Float64Array &&
    times.buffer.byteLength <= 8 * BATCH_EVENTS &&
    fields instanceof Uint8Array &&
    fields.buffer.byteLength <= BATCH_EVENTS * MAX_FIELDS * MAX_FIELD_BYTES &&
    (bytes === null || (bytes instanceof Uint8Array && bytes.buffer.byteLength <= MAX_BATCH_CHARS))
  );
}
