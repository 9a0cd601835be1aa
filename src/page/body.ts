import { createWeakMap, getPrototypeOf, getterOf, isAborted, now, sizeOf, thenNative } from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeGetter, observeMethod, quietly, shareMethod } from './patch.ts';

/** Tells the body hooks that `response` answers the exchange `id`. */
export type BodyWatch = (response: Response, id: number, signal: unknown) => void;

interface Reading {
  id: number;
  signal: unknown;
  bytes: number;
  ended: boolean;
}

const status = getterOf(Response.prototype, 'status');
const WHOLE_BODY = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/**
 * Counts bodies of fetched responses as the page itself reads them: nothing is cloned, read or buffered for us.
 * `pipeTo`, `pipeThrough` and `tee` stay uncounted; their totals come from devtools.network.
 */
export function hookBodies(emit: Emit): BodyWatch {
  const responses = createWeakMap<Response, Reading>();
  const streams = createWeakMap<object, Reading>();
  const readers = createWeakMap<object, Reading>();

  function end(reading: Reading, outcome: 'done' | 'error', bodyBytes: number | null): void {
    if (reading.ended) return;
    reading.ended = true;
    const aborted = outcome === 'error' && isAborted(reading.signal) === true;
    emit({ kind: 'end', id: reading.id, at: now(), outcome: aborted ? 'aborted' : outcome, bodyBytes });
  }

  /** Passes a body promise on, unless it is already bound to reject: then in its own microtask turn. */
  function follow(
    reading: Reading | undefined,
    invoke: () => unknown,
    seen: (value: unknown, r: Reading) => void,
  ): unknown {
    const promise = invoke() as Promise<unknown>;
    if (reading === undefined || reading.ended || isAborted(reading.signal) === true) return promise;
    return thenNative(
      promise,
      (value) => {
        quietly(() => seen(value, reading));
        return value;
      },
      (reason) => {
        quietly(() => end(reading, 'error', null));
        throw reason;
      },
    );
  }

  for (const method of WHOLE_BODY) {
    observeMethod(Response.prototype, method, (self, _args, invoke) =>
      follow(responses.get(self), invoke, (value, reading) => {
        // Only these keep the size of the content; for the others devtools.network knows it.
        const sized = method === 'arrayBuffer' || method === 'blob' || method === 'bytes';
        end(reading, 'done', sized ? sizeOf(value) : null);
      }),
    );
  }

  observeMethod(Response.prototype, 'clone', (self, _args, invoke) => {
    const copy = invoke() as Response;
    const reading = responses.get(self);
    if (reading !== undefined) responses.set(copy, reading);
    return copy;
  });
  observeGetter(Response.prototype, 'body', (self, _args, invoke) => {
    const stream = invoke() as ReadableStream | null;
    const reading = responses.get(self);
    if (reading !== undefined && stream !== null) streams.set(stream, reading);
    return stream;
  });
  observeMethod(ReadableStream.prototype, 'getReader', (self, _args, invoke) => {
    const reader = invoke() as object;
    const reading = streams.get(self);
    if (reading !== undefined) readers.set(reader, reading);
    return reader;
  });

  const chunk = (result: unknown, reading: Reading) => {
    const { done, value } = result as ReadableStreamReadResult<Uint8Array>;
    if (done) return end(reading, 'done', reading.bytes);
    const bytes = sizeOf(value) ?? 0;
    reading.bytes += bytes;
    emit({ kind: 'chunk', id: reading.id, at: now(), bytes });
  };
  const read = (self: unknown, _args: unknown[], invoke: () => unknown) => follow(readers.get(self), invoke, chunk);
  observeMethod(ReadableStreamDefaultReader.prototype, 'read', read);
  observeMethod(ReadableStreamBYOBReader.prototype, 'read', read);

  const iterate = (self: unknown, _args: unknown[], invoke: () => unknown) => {
    const iterator = invoke() as object;
    const reading = streams.get(self);
    if (reading !== undefined) readers.set(iterator, reading);
    return iterator;
  };
  observeMethod(ReadableStream.prototype, 'values', iterate);
  shareMethod(ReadableStream.prototype, 'values', Symbol.asyncIterator);
  const iteratorPrototype = getPrototypeOf(new ReadableStream().values());
  if (iteratorPrototype !== null) observeMethod(iteratorPrototype, 'next', read);

  return (response, id, signal) => {
    const reading: Reading = { id, signal, bytes: 0, ended: false };
    responses.set(response, reading);
    if (isNullBodyStatus(status(response))) end(reading, 'done', 0);
  };
}

/** https://fetch.spec.whatwg.org/#null-body-status */
const isNullBodyStatus = (code: number): boolean => code === 101 || code === 204 || code === 205 || code === 304;
