import type { ExchangeTally } from '../exchange-tally.ts';
import type { Connection, Locate } from './connection.ts';
import { type BodyKind, type Headers, Http1Parser, requestBody, responseBody } from './http1.ts';
import { createWebSocketTally, type WebSocketTally } from './web-socket-tally.ts';

interface Pending {
  method: string;
  /** null: a page or a control route, not part of any run. */
  tally: ExchangeTally | null;
}

/** The page's side. `locate` is asked before a request reaches its handler. */
class Requests extends Http1Parser {
  #receiving: Pending | null = null;

  constructor(
    readonly waiting: Pending[],
    readonly locate: Locate,
    readonly now: () => number,
  ) {
    super();
  }

  protected head(startLine: string, headers: Headers, bytes: number): BodyKind {
    const [method = '', target = ''] = startLine.split(' ', 2);
    this.#receiving = { method, tally: this.#openTally(method, target, bytes) };
    this.waiting.push(this.#receiving);
    return requestBody(headers);
  }

  #openTally(method: string, target: string, headBytes: number): ExchangeTally | null {
    const place = this.locate(target);
    if (!place) return null;
    const about = { technique: place.technique, httpVersion: '1.1' as const, method, target };
    return place.ledger.openExchange(about, headBytes, this.now());
  }

  protected body(content: Buffer): void {
    this.#receiving?.tally?.requestBody(content.length);
  }

  protected framing(bytes: number): void {
    this.#receiving?.tally?.framing(bytes);
  }

  protected end(): void {}
}

/** The server's side: answers in the order of the requests (RFC 9112 §9.3.2). */
class Responses extends Http1Parser {
  /** Once a 101 has passed. */
  webSocket: WebSocketTally | null = null;
  #status = 0;

  constructor(
    readonly waiting: Pending[],
    readonly now: () => number,
  ) {
    super();
  }

  protected head(startLine: string, headers: Headers, bytes: number): BodyKind {
    const statusAt = startLine.indexOf(' ') + 1;
    this.#status = Number(startLine.slice(statusAt, statusAt + 3));
    const pending = this.waiting[0];
    pending?.tally?.responseHead(this.#status, bytes);
    if (this.#status === 101 && pending?.tally) {
      this.webSocket = createWebSocketTally(pending.tally, headers, this.now);
    }
    return responseBody(pending?.method ?? '', this.#status, headers);
  }

  protected body(content: Buffer): void {
    this.waiting[0]?.tally?.body(content, this.now());
  }

  protected framing(bytes: number): void {
    this.waiting[0]?.tally?.framing(bytes);
  }

  protected end(): void {
    const isInterim = this.#status < 200;
    if (!isInterim) this.waiting.shift()?.tally?.end(this.now());
  }
}

/** Follows one HTTP/1.1 connection, WebSocket after an upgrade included. `locate` finds the run a request belongs to. */
export class Http1Connection implements Connection {
  readonly #waiting: Pending[] = [];
  readonly #requests: Requests;
  readonly #responses: Responses;
  readonly #now: () => number;

  constructor(locate: Locate, now: () => number) {
    this.#requests = new Requests(this.#waiting, locate, now);
    this.#responses = new Responses(this.#waiting, now);
    this.#now = now;
  }

  inbound(chunk: Buffer): void {
    const { webSocket } = this.#responses;
    if (webSocket) webSocket.sent(chunk);
    else this.#requests.feed(chunk);
  }

  outbound(chunk: Buffer): void {
    const { webSocket } = this.#responses;
    if (webSocket) webSocket.received(chunk);
    else this.#switchProtocols(this.#responses.feed(chunk));
  }

  /** After a 101: the bytes that came with it or before it are frames. */
  #switchProtocols(rest: Buffer | null): void {
    const { webSocket } = this.#responses;
    if (!webSocket) return;
    const early = this.#requests.takeHeld();
    if (early) webSocket.sent(early);
    if (rest) webSocket.received(rest);
  }

  close(): void {
    this.#responses.close();
    for (const { tally } of this.#waiting.splice(0)) tally?.abort(this.#now());
  }
}
