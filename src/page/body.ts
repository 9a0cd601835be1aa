import {
  argument,
  createWeakMap,
  dataValue,
  getPrototypeOf,
  getterOf,
  isAborted,
  now,
  sizeOf,
  thenNative,
} from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeGetter, observeMethod, quietly, shareMethod } from './patch.ts';

/** Tells the body hooks that `response` answers the exchange `id`. */
export type BodyWatch = (response: Response, id: number, signal: unknown) => void;

interface Exchange {
  id: number;
  signal: unknown;
  /** What the branch that is furthest has read. */
  bytes: number;
  /** Clones that were not cancelled. */
  branches: number;
  ended: boolean;
}

/** One Response of an exchange: the fetched one, or a clone of it. */
interface Branch {
  exchange: Exchange;
  response: Response;
  stream: ReadableStream | null;
  /** The reader or iterator that holds the stream now. */
  reader: object | null;
  bytes: number;
  cancelled: boolean;
}

const status = getterOf(Response.prototype, 'status');
const bodyUsed = getterOf(Response.prototype, 'bodyUsed');
const locked = getterOf(ReadableStream.prototype, 'locked');
const syntaxError = SyntaxError.prototype;
const WHOLE_BODY = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/**
 * Counts bodies of fetched responses as the page itself reads them: nothing is cloned, read or buffered for us.
 * `pipeTo`, `pipeThrough` and `tee` stay uncounted; their totals come from devtools.network.
 */
export function hookBodies(emit: Emit): BodyWatch {
  const responses = createWeakMap<Response, Branch>();
  const streams = createWeakMap<object, Branch>();
  const readers = createWeakMap<object, Branch>();

  function end({ exchange }: Branch, outcome: 'done' | 'error' | 'aborted', bodyBytes: number | null): void {
    if (exchange.ended) return;
    exchange.ended = true;
    const byPage = outcome === 'error' && isAborted(exchange.signal) === true;
    emit({ kind: 'end', id: exchange.id, at: now(), outcome: byPage ? 'aborted' : outcome, bodyBytes });
  }

  /** The exchange is over for the page once every clone was cancelled. */
  function cancel(branch: Branch): void {
    if (branch.cancelled) return;
    branch.cancelled = true;
    if (--branch.exchange.branches === 0) end(branch, 'aborted', branch.exchange.bytes);
  }

  const holds = (branch: Branch, reader: unknown): boolean =>
    branch.reader === reader && branch.stream !== null && locked(branch.stream);

  /** Passes a body promise on, unless it is bound to reject: then natively, in its own microtask turn. */
  function follow(
    branch: Branch,
    invoke: () => unknown,
    seen: (value: unknown) => void,
    failed: (reason: unknown) => void,
  ) {
    if (branch.exchange.ended) return invoke();
    if (isAborted(branch.exchange.signal) === true) {
      quietly(() => end(branch, 'aborted', null));
      return invoke();
    }
    return thenNative(
      invoke() as Promise<unknown>,
      (value) => {
        quietly(() => seen(value));
        return value;
      },
      (reason) => {
        quietly(() => failed(reason));
        throw reason;
      },
    );
  }

  for (const method of WHOLE_BODY) {
    // Only these keep the size of the content; for the others devtools.network knows it.
    const isSized = method === 'arrayBuffer' || method === 'blob' || method === 'bytes';
    observeMethod(Response.prototype, method, (self, _args, invoke) => {
      const branch = responses.get(self);
      // A body that is taken already rejects, and says nothing of the exchange.
      if (branch === undefined || bodyUsed(branch.response) || (branch.stream !== null && locked(branch.stream)))
        return invoke();
      return follow(
        branch,
        invoke,
        (value) => end(branch, 'done', isSized ? sizeOf(value) : null),
        // Not JSON, but all there.
        (reason) => end(branch, isKind(reason, syntaxError) ? 'done' : 'error', null),
      );
    });
  }

  observeMethod(Response.prototype, 'clone', (self, _args, invoke) => {
    const copy = invoke() as Response;
    const branch = responses.get(self);
    if (branch !== undefined) {
      quietly(() => {
        branch.exchange.branches++;
        // The original has a new stream from here on.
        branch.stream = null;
        branch.reader = null;
        responses.set(copy, { ...branch, response: copy, cancelled: false });
      });
    }
    return copy;
  });
  observeGetter(Response.prototype, 'body', (self, _args, invoke) => {
    const stream = invoke() as ReadableStream | null;
    const branch = responses.get(self);
    if (branch !== undefined && stream !== null) {
      branch.stream = stream;
      streams.set(stream, branch);
    }
    return stream;
  });

  const hold = (self: unknown, _args: unknown[], invoke: () => unknown) => {
    const reader = invoke() as object;
    const branch = streams.get(self);
    if (branch !== undefined) {
      branch.reader = reader;
      readers.set(reader, branch);
    }
    return reader;
  };
  const read = (self: unknown, _args: unknown[], invoke: () => unknown) => {
    const branch = readers.get(self);
    if (branch === undefined || !holds(branch, self)) return invoke();
    return follow(
      branch,
      invoke,
      (result) => {
        const { done, value } = result as ReadableStreamReadResult<Uint8Array>;
        if (done) return end(branch, 'done', branch.bytes);
        count(branch, sizeOf(value) ?? 0);
      },
      // A reader that was released meanwhile rejects too; the stream goes on without it.
      () => {
        if (holds(branch, self)) end(branch, 'error', null);
      },
    );
  };
  /** Clones bring the same bytes again: only what is new is told. */
  function count(branch: Branch, bytes: number): void {
    const { exchange } = branch;
    branch.bytes += bytes;
    const more = branch.bytes - exchange.bytes;
    if (more <= 0 || exchange.ended) return;
    exchange.bytes = branch.bytes;
    emit({ kind: 'chunk', id: exchange.id, at: now(), bytes: more, text: null });
  }
  const letGo = (self: unknown, _args: unknown[], invoke: () => unknown) => {
    const branch = readers.get(self);
    if (branch !== undefined && holds(branch, self)) quietly(() => cancel(branch));
    return invoke();
  };

  observeMethod(ReadableStream.prototype, 'getReader', hold);
  observeMethod(ReadableStream.prototype, 'cancel', (self, _args, invoke) => {
    const branch = streams.get(self);
    if (branch !== undefined && !locked(self as ReadableStream)) quietly(() => cancel(branch));
    return invoke();
  });
  for (const { prototype } of [ReadableStreamDefaultReader, ReadableStreamBYOBReader]) {
    observeMethod(prototype, 'read', read);
    observeMethod(prototype, 'cancel', letGo);
  }

  const keepsOpen = createWeakMap<object, true>();
  observeMethod(ReadableStream.prototype, 'values', (self, args, invoke) => {
    const iterator = hold(self, args, invoke);
    if (dataValue(argument(args, 0), 'preventCancel')) keepsOpen.set(iterator, true);
    return iterator;
  });
  shareMethod(ReadableStream.prototype, 'values', Symbol.asyncIterator);
  const iteratorPrototype = getPrototypeOf(new ReadableStream().values());
  if (iteratorPrototype !== null) {
    observeMethod(iteratorPrototype, 'next', read);
    observeMethod(iteratorPrototype, 'return', (self, args, invoke) =>
      keepsOpen.get(self) === true ? invoke() : letGo(self, args, invoke),
    );
  }

  return (response, id, signal) => {
    const exchange: Exchange = { id, signal, bytes: 0, branches: 1, ended: false };
    const branch: Branch = { exchange, response, stream: null, reader: null, bytes: 0, cancelled: false };
    responses.set(response, branch);
    if (isNullBodyStatus(status(response))) end(branch, 'done', 0);
  };
}

/** An error of this very kind made by the browser; a page cannot teach it otherwise as it can `instanceof`. */
const isKind = (reason: unknown, prototype: object): boolean =>
  typeof reason === 'object' && reason !== null && getPrototypeOf(reason) === prototype;

/** https://fetch.spec.whatwg.org/#null-body-status */
const isNullBodyStatus = (code: number): boolean => code === 101 || code === 204 || code === 205 || code === 304;
