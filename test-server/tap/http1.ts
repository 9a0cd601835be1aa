/** What follows a message head: nothing, `length` bytes, chunks, bytes until close, or another protocol (101). */
export type BodyKind = 'none' | 'chunked' | 'until-close' | 'upgrade' | { length: number };

/** The value of a head's first header of that name, in lower case; undefined when there is none. */
export interface Headers {
  get(name: string): string | undefined;
}

export interface Http1Listener {
  /** A whole head passed: `bytes` counts it with its final blank line. Answers what follows. */
  head(startLine: string, headers: Headers, bytes: number): BodyKind;
  body(content: Buffer): void;
  /** Chunk-size lines, the CRLF after each chunk, the last chunk and trailers. */
  framing(bytes: number): void;
  end(): void;
}

type State = 'head' | 'length' | 'until-close' | 'size' | 'chunk' | 'chunk-end' | 'trailer' | 'opaque';

/** Node refuses longer heads; beyond this the bytes are no HTTP and are only passed by. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/**
 * Follows one direction of an HTTP/1.1 connection (RFC 9112) byte by byte, without changing it. Never throws: bytes it
 * cannot follow make it stop (`opaque`). `feed` returns the bytes after an upgrade, which belong to the next protocol.
 */
export function createHttp1Parser(listener: Http1Listener) {
  let state: State = 'head';
  let held: Buffer | null = null;
  let remaining = 0;

  function hold(bytes: Buffer): void {
    held = bytes.length > 0 ? Buffer.from(bytes) : null;
    if (bytes.length > MAX_HEAD_BYTES) stop();
  }

  function stop(): void {
    state = 'opaque';
    held = null;
  }

  function readHead(bytes: Buffer): Buffer | null {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      hold(bytes);
      return null;
    }
    const length = end + HEAD_END.length;
    const text = bytes.toString('latin1', 0, end);
    const kind = listener.head(text.slice(0, lineEnd(text, 0)), createHeaders(text), length);
    if (kind === 'none' || (typeof kind === 'object' && kind.length === 0)) listener.end();
    else if (kind === 'chunked') state = 'size';
    else if (kind === 'until-close') state = 'until-close';
    else if (kind === 'upgrade') state = 'opaque';
    else {
      state = 'length';
      remaining = kind.length;
    }
    return bytes.subarray(length);
  }

  function readLine(bytes: Buffer): Buffer | null {
    const end = bytes.indexOf('\r\n');
    if (end < 0) {
      hold(bytes);
      return null;
    }
    listener.framing(end + 2);
    if (state === 'size') {
      remaining = Number.parseInt(bytes.toString('latin1', 0, end), 16);
      if (Number.isNaN(remaining)) stop();
      else state = remaining === 0 ? 'trailer' : 'chunk';
    } else if (state === 'chunk-end') state = 'size';
    else if (end === 0) {
      state = 'head';
      listener.end();
    }
    return bytes.subarray(end + 2);
  }

  function readBody(bytes: Buffer): Buffer {
    const content = bytes.subarray(0, remaining);
    remaining -= content.length;
    listener.body(content);
    if (remaining === 0 && state === 'length') {
      state = 'head';
      listener.end();
    } else if (remaining === 0) state = 'chunk-end';
    return bytes.subarray(content.length);
  }

  return {
    feed(chunk: Buffer): Buffer | null {
      let bytes: Buffer | null = held ? Buffer.concat([held, chunk]) : chunk;
      held = null;
      while (bytes && bytes.length > 0 && state !== 'opaque') {
        if (state === 'head') bytes = readHead(bytes);
        else if (state === 'length' || state === 'chunk') bytes = readBody(bytes);
        else if (state === 'until-close') {
          listener.body(bytes);
          bytes = null;
        } else bytes = readLine(bytes);
      }
      return bytes && bytes.length > 0 ? bytes : null;
    },
    /** The connection closed: a body that lasts until close is complete now. */
    close(): void {
      if (state === 'until-close') listener.end();
      stop();
    },
    /** Bytes of an unfinished head, taken out: they turn out to be another protocol's. */
    takeHeld(): Buffer | null {
      const bytes = held;
      stop();
      return bytes;
    },
  };
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
};

/** Looks headers up in a head only when asked: most are never needed. */
function createHeaders(head: string): Headers {
  const lowerCase = head.toLowerCase();
  return {
    get(name) {
      const at = lowerCase.indexOf(`\r\n${name}:`);
      if (at < 0) return undefined;
      const from = at + name.length + 3;
      return head.slice(from, lineEnd(head, from)).trim();
    },
  };
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
