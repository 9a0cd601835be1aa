import { createWeakMap, getPrototypeOf, getterOf, isAborted, now, thenNative } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { observeMethod, quietly, run } from './patch.ts';
import { binaryBytes, bytesOf, sizeOf } from './payload.ts';
import type { StreamWatch, WatchStream } from './streams.ts';
import { isLocked } from './streams.ts';
import { createAllowance, isText } from './text-stream.ts';

/** Tells the body hooks that `response` answers the exchange `id`. */
export type BodyWatch = (response: Response, id: number, signal: unknown, contentType: string | null) => void;

interface Exchange {
  id: number;
  signal: unknown;
  /** How much of it may travel as text now; null for what is no text. */
  allowance: ((bytes: number, at: number) => boolean) | null;
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
  bytes: number;
  cancelled: boolean;
}

const status = getterOf(Response.prototype, 'status');
const bodyOf = getterOf(Response.prototype, 'body');
const bodyUsed = getterOf(Response.prototype, 'bodyUsed');
const syntaxError = SyntaxError.prototype;
const WHOLE_BODY = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/**
 * Counts bodies of fetched responses as the page itself reads them: nothing is cloned, read or buffered for us.
 * What `pipeTo`, `pipeThrough` and `tee` bring stays uncounted; their totals come from devtools.network.
 */
export function hookBodies(outbox: Outbox, watchStream: WatchStream): BodyWatch {
  const branches = createWeakMap<Response, Branch>();

  function end({ exchange }: Branch, outcome: 'done' | 'error' | 'aborted', bodyBytes: number | null): void {
    if (exchange.ended) return;
    exchange.ended = true;
    const byPage = outcome === 'error' && isAborted(exchange.signal) === true;
    outbox.emit(['end', exchange.id, now(), byPage ? 'aborted' : outcome, bodyBytes]);
  }

  /** Over, or about to be: what is aborted rejects natively, in its own microtask turn. */
  function isOver(branch: Branch): boolean {
    if (branch.exchange.ended) return true;
    if (isAborted(branch.exchange.signal) !== true) return false;
    quietly(() => end(branch, 'aborted', null));
    return true;
  }

  /** Clones bring the same bytes again: only what is new is told. */
  function count(branch: Branch, value: unknown): void {
    const { exchange } = branch;
    const bytes = binaryBytes(value) ?? 0;
    branch.bytes += bytes;
    const more = branch.bytes - exchange.bytes;
    if (more <= 0 || exchange.ended) return;
    exchange.bytes = branch.bytes;
    const at = now();
    if (outbox.wanted === null || exchange.allowance === null || !exchange.allowance(more, at))
      outbox.emit(['chunk', exchange.id, at, more, null, null]);
    else outbox.emit(['chunk', exchange.id, at, more, null, more], bytesOf(value, bytes - more, more), more);
  }

  function watchOf(branch: Branch): StreamWatch {
    return {
      isOver: () => isOver(branch),
      onChunk: (value) => count(branch, value),
      onDone: () => end(branch, 'done', branch.bytes),
      onError: () => end(branch, 'error', null),
      // A piece of nothing: the answer is being read.
      onPiped() {
        if (!branch.exchange.ended) outbox.emit(['chunk', branch.exchange.id, now(), 0, null, null]);
      },
      /** The exchange is over for the page once every clone was cancelled. */
      onCancel() {
        if (branch.cancelled) return;
        branch.cancelled = true;
        if (--branch.exchange.branches === 0) end(branch, 'aborted', branch.exchange.bytes);
      },
    };
  }

  function follow(branch: Branch): void {
    branch.stream = bodyOf(branch.response);
    branches.set(branch.response, branch);
    if (branch.stream !== null) watchStream(branch.stream, watchOf(branch));
  }

  for (const method of WHOLE_BODY) {
    // Only these keep the size of the content; for the others devtools.network knows it.
    const isSized = method === 'arrayBuffer' || method === 'blob' || method === 'bytes';
    observeMethod(Response.prototype, method, (native, self, args) => {
      const branch = branches.get(self);
      // A body that is taken already rejects, and says nothing of the exchange.
      if (branch === undefined || bodyUsed(branch.response) || (branch.stream !== null && isLocked(branch.stream)))
        return run(native, self, args);
      if (isOver(branch)) return run(native, self, args);
      return thenNative(
        run(native, self, args) as Promise<unknown>,
        (value) => {
          quietly(() => end(branch, 'done', isSized ? sizeOf(value) : null));
          return value;
        },
        (reason) => {
          // Not JSON, but all there.
          quietly(() => end(branch, isKind(reason, syntaxError) ? 'done' : 'error', null));
          throw reason;
        },
      );
    });
  }

  observeMethod(Response.prototype, 'clone', (native, self, args) => {
    const copy = run(native, self, args) as Response;
    const branch = branches.get(self);
    if (branch !== undefined) {
      quietly(() => {
        branch.exchange.branches++;
        // The original has a new stream from here on.
        follow(branch);
        follow({ ...branch, response: copy, cancelled: false });
      });
    }
    return copy;
  });

  return (response, id, signal, contentType) => {
    const allowance = isText(contentType) ? createAllowance() : null;
    const exchange: Exchange = { id, signal, allowance, bytes: 0, branches: 1, ended: false };
    const branch: Branch = { exchange, response, stream: null, bytes: 0, cancelled: false };
    follow(branch);
    if (isNullBodyStatus(status(response))) end(branch, 'done', 0);
  };
}

/** An error of this very kind made by the browser; a page cannot teach it otherwise as it can `instanceof`. */
const isKind = (reason: unknown, prototype: object): boolean =>
  typeof reason === 'object' && reason !== null && getPrototypeOf(reason) === prototype;

/** https://fetch.spec.whatwg.org/#null-body-status */
const isNullBodyStatus = (code: number): boolean => code === 101 || code === 204 || code === 205 || code === 304;
