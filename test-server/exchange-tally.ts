import type { Ledger } from './ledger.ts';
import {
  type BodyReader,
  eventIdOf,
  ID_WITHIN_BYTES,
  type MessageListener,
  NdjsonReader,
  PollReader,
  SseReader,
} from './tap/messages.ts';
import { OPCODE, type WebSocketFrame } from './tap/web-socket.ts';
import { isDelivering, type Technique } from './techniques.ts';
import type { ExchangeTruth, Outcome, TechniqueTruth } from './truth.ts';

const READERS: Partial<Record<Technique, new (listener: MessageListener) => BodyReader>> = {
  polling: PollReader,
  'long-polling': PollReader,
  sse: SseReader,
  'http-stream': NdjsonReader,
};

const STREAMS: readonly Technique[] = ['sse', 'http-stream', 'websocket'];
const POLLS: readonly Technique[] = ['polling', 'long-polling'];
/** A long poll that ends with one of these was held and timed out: wasted, no error. */
const TIMEOUT_STATUSES = [408, 503, 504];

/** Adds what passes for one exchange to its row and to its technique's counters. Told by the taps, with the time of each write. */
export class ExchangeTally implements MessageListener {
  readonly #reader: BodyReader | null;
  #now = 0;
  #isOpenStream = false;

  constructor(
    readonly row: ExchangeTruth,
    readonly counters: TechniqueTruth,
    readonly ledger: Ledger,
  ) {
    counters.requests += 1;
    counters.requestHeadBytes += row.requestHeadBytes;
    const Reader = READERS[row.technique];
    this.#reader = Reader ? new Reader(this) : null;
  }

  requestBody(bytes: number): void {
    this.row.requestBodyBytes += bytes;
    this.counters.requestBodyBytes += bytes;
  }

  responseHead(status: number, bytes: number): void {
    this.row.status = status;
    this.row.responseHeadBytes += bytes;
    this.counters.responseHeadBytes += bytes;
    if (STREAMS.includes(this.row.technique) && (status === 200 || status === 101)) {
      this.#isOpenStream = true;
      this.counters.connections += 1;
      this.counters.open += 1;
    }
  }

  body(content: Buffer, now: number): void {
    this.#now = now;
    this.row.bodyBytes += content.length;
    this.counters.bodyBytes += content.length;
    this.#reader?.feed(content);
  }

  framing(bytes: number): void {
    this.row.chunkFramingBytes += bytes;
    this.counters.chunkFramingBytes += bytes;
  }

  /** A WebSocket frame passed; `message` is the text of a complete message, decompressed, if it ends one. */
  frame(direction: 'sent' | 'received', frame: WebSocketFrame, message: Buffer | null, now: number): void {
    this.#now = now;
    const { counters } = this;
    const isEndOfMessage = frame.final && frame.opcode <= OPCODE.binary;
    if (direction === 'sent') {
      counters.framesSent += 1;
      counters.frameHeaderBytesSent += frame.headerBytes;
      counters.framePayloadBytesSent += frame.payload.length;
      if (isEndOfMessage) counters.messagesSent += 1;
    } else {
      counters.framesReceived += 1;
      counters.frameHeaderBytesReceived += frame.headerBytes;
      counters.framePayloadBytesReceived += frame.payload.length;
      if (isEndOfMessage) this.message(message && eventIdOf(message.toString('latin1', 0, ID_WITHIN_BYTES)));
    }
  }

  /** The response is complete. */
  end(now: number): void {
    this.#now = now;
    this.#reader?.end();
    this.counters.completedResponses += 1;
    this.#close(this.#judge(), now);
  }

  /** The connection closed first. A stream or socket that was open is closed by that, not aborted. */
  abort(now: number): void {
    if (this.row.endedAt !== null) return;
    if (!this.#isOpenStream) this.counters.aborted += 1;
    this.#close(this.#isOpenStream ? 'done' : 'aborted', now);
  }

  message(id: string | null): void {
    const { technique } = this.row;
    this.row.messages += 1;
    this.counters.messages += 1;
    this.counters.messagesReceived += 1;
    if (id !== null && isDelivering(technique)) this.ledger.written(id, technique, this.#now);
  }

  comment(): void {
    this.counters.comments += 1;
  }

  #judge(): Outcome {
    const { counters, row } = this;
    const { status, technique } = row;
    const isTimeout = technique === 'long-polling' && TIMEOUT_STATUSES.includes(status ?? 0);
    if ((status ?? 0) >= 400 && !isTimeout) {
      counters.errors += 1;
      return 'error';
    }
    if (!POLLS.includes(technique)) return 'done';
    if (counters.completedResponses === counters.errors + 1) return 'baseline';
    const outcome = row.messages > 0 ? 'useful' : 'wasted';
    counters[outcome] += 1;
    return outcome;
  }

  #close(outcome: Outcome, now: number): void {
    this.row.outcome = outcome;
    this.row.endedAt = now;
    if (this.#isOpenStream) this.counters.open -= 1;
  }
}
