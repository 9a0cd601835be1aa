/** What follows a message head: nothing, `length` bytes, chunks, bytes until close, or another protocol (101). */
export type BodyKind = 'none' | 'chunked' | 'until-close' | 'upgrade' | { length: number };

/** The value of a head's first header of that name, in lower case; undefined when there is none. */
export interface Headers {
  get(name: string): string | undefined;
}

type State = 'head' | 'length' | 'until-close' | 'size' | 'chunk' | 'chunk-end' | 'trailer' | 'opaque';

/** Node refuses longer heads; beyond this the bytes are no HTTP and are only passed by. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/**
 * Follows one direction of an HTTP/1.1 connection (RFC 9112) byte by byte, without changing it, and tells its subclass
 * what passes. Never throws: bytes it cannot follow make it stop (`opaque`).
 */
export abstract class Http1Parser {
  #state: State = 'head';
  #held: Buffer | null = null;
  #remaining = 0;

  /** A whole head passed: `bytes` counts it with its final blank line. Answers what follows. */
  protected abstract head(startLine: string, headers: Headers, bytes: number): BodyKind;
  protected abstract body(content: Buffer): void;
  /** Chunk-size lines, the CRLF after each chunk, the last chunk and trailers. */
  protected abstract framing(bytes: number): void;
  protected abstract end(): void;

  /** Takes the next bytes. Returns those after an upgrade, which belong to the next protocol. */
  feed(chunk: Buffer): Buffer | null {
    const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = null;
    let at = 0;
    while (at < bytes.length && this.#state !== 'opaque') at = this.#read(bytes, at);
    return at < bytes.length ? bytes.subarray(at) : null;
  }

  /** The connection closed: a body that lasts until close is complete now. */
  close(): void {
    if (this.#state === 'until-close') this.end();
    this.#stop();
  }

  /** Bytes of an unfinished head, taken out: they turn out to be another protocol's. */
  takeHeld(): Buffer | null {
    const bytes = this.#held;
    this.#stop();
    return bytes;
  }

  /** Reads what begins at `at` and returns the position behind it. */
  #read(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes, at);
      case 'length':
      case 'chunk':
        return this.#readBody(bytes, at);
      case 'until-close':
        this.body(bytes.subarray(at));
        return bytes.length;
      default:
        return this.#readLine(bytes, at);
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    // Searching a string is several times faster than searching a Buffer.
    const text = bytes.toString('latin1', at, Math.min(bytes.length, at + MAX_HEAD_BYTES));
    const end = text.indexOf(HEAD_END);
    if (end < 0) return this.#hold(bytes, at);
    const length = end + HEAD_END.length;
    const head = new Head(text.slice(0, end));
    const kind = this.head(head.startLine, head, length);
    if (kind === 'none' || (typeof kind === 'object' && kind.length === 0)) this.end();
    else if (kind === 'chunked') this.#state = 'size';
    else if (kind === 'until-close') this.#state = 'until-close';
    else if (kind === 'upgrade') this.#state = 'opaque';
    else {
      this.#state = 'length';
      this.#remaining = kind.length;
    }
    return at + length;
  }

  #readLine(bytes: Buffer, at: number): number {
    const end = crlfAt(bytes, at);
    if (end < 0) return this.#hold(bytes, at);
    this.framing(end + 2 - at);
    if (this.#state === 'size') {
      this.#remaining = Number.parseInt(bytes.toString('latin1', at, end), 16);
      if (Number.isNaN(this.#remaining)) this.#stop();
      else this.#state = this.#remaining === 0 ? 'trailer' : 'chunk';
    } else if (this.#state === 'chunk-end') this.#state = 'size';
    else if (end === at) {
      this.#state = 'head';
      this.end();
    }
    return end + 2;
  }

  #readBody(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#remaining);
    this.#remaining -= end - at;
    this.body(bytes.subarray(at, end));
    if (this.#remaining > 0) return end;
    if (this.#state === 'length') {
      this.#state = 'head';
      this.end();
    } else this.#state = 'chunk-end';
    return end;
  }

  /** Keeps the bytes from `at` on for the next feed; all are taken then. */
  #hold(bytes: Buffer, at: number): number {
    this.#held = Buffer.from(bytes.subarray(at));
    if (this.#held.length > MAX_HEAD_BYTES) this.#stop();
    return bytes.length;
  }

  #stop(): void {
    this.#state = 'opaque';
    this.#held = null;
  }
}

const CR = 0x0d;
const LF = 0x0a;

/** Where the next CRLF is; -1: nowhere. Lines are short, so that a loop is faster than `indexOf`. */
function crlfAt(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) if (bytes[at] === CR && bytes[at + 1] === LF) return at;
  return -1;
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
};

/** Looks headers up in a head only when asked: most are never needed. */
class Head implements Headers {
  readonly #text: string;
  readonly #lowerCase: string;

  constructor(text: string) {
    this.#text = text;
    this.#lowerCase = text.toLowerCase();
  }

  get startLine(): string {
    return this.#text.slice(0, lineEnd(this.#text, 0));
  }

  get(name: string): string | undefined {
    const at = this.#lowerCase.indexOf(`\r\n${name}:`);
    if (at < 0) return undefined;
    const from = at + name.length + 3;
    return this.#text.slice(from, lineEnd(this.#text, from)).trim();
  }
}

/** RFC 9112 §6.3 for requests. */
export function requestBody(headers: Headers): BodyKind {
  if (headers.get('transfer-encoding')?.toLowerCase().endsWith('chunked')) return 'chunked';
  return { length: contentLength(headers) ?? 0 };
}

/** RFC 9112 §6.3 for the response to `method`. */
export function responseBody(method: string, status: number, headers: Headers): BodyKind {
  if (status === 101) return 'upgrade';
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 'none';
  if (headers.get('transfer-encoding')?.toLowerCase().endsWith('chunked')) return 'chunked';
  const length = contentLength(headers);
  return length === null ? 'until-close' : { length };
}

function contentLength(headers: Headers): number | null {
  const text = headers.get('content-length');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
