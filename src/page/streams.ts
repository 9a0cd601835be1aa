import { argument, createWeakMap, dataValue, getPrototypeOf, getterOf, thenNative } from './natives.ts';
import { type Observe, observeMethod, quietly, run, shareMethod } from './patch.ts';

/** Who wants to know what the page reads of a stream. */
export interface StreamWatch {
  /** Whether a read is none of ours: all was told, or it is bound to reject, and then in its own microtask turn. */
  isOver(): boolean;
  onChunk(value: unknown): void;
  onDone(): void;
  onError(): void;
  onCancel(): void;
  /** The page handed it on whole, and what it brings stays unseen. */
  onPiped?(): void;
}

/** Starts to watch a stream that nobody has read yet. */
export type WatchStream = (stream: ReadableStream, watch: StreamWatch) => void;

interface Watched {
  stream: ReadableStream;
  watch: StreamWatch;
  /** The reader or iterator that holds the stream now. */
  holder: object | null;
}

/** What a reader's promises are observed by: made once for each reader, not for each read. */
interface Hold {
  watched: Watched;
  fulfilled: <T>(result: T) => T;
  rejected: (reason: unknown) => never;
}

export const isLocked = getterOf(ReadableStream.prototype, 'locked');

/**
 * Observes streams as the page itself reads them: nothing is cloned, teed, read or buffered for us.
 * What goes through `pipeTo`, `pipeThrough` and `tee` stays unseen.
 */
export function hookStreams(): WatchStream {
  const streams = createWeakMap<object, Watched>();
  const holds = createWeakMap<object, Hold>();

  const isHeldBy = (watched: Watched, holder: unknown): boolean =>
    watched.holder === holder && isLocked(watched.stream);

  function createHold(watched: Watched, holder: object): Hold {
    const { watch } = watched;
    return {
      watched,
      fulfilled(result) {
        try {
          const { done, value } = result as ReadableStreamReadResult<unknown>;
          if (done) watch.onDone();
          else watch.onChunk(value);
        } catch {}
        return result;
      },
      rejected(reason) {
        // A reader that was released meanwhile rejects too; the stream goes on without it.
        quietly(() => {
          if (isHeldBy(watched, holder)) watch.onError();
        });
        throw reason;
      },
    };
  }

  const hold: Observe = (native, self, args) => {
    const holder = run(native, self, args) as object;
    const watched = streams.get(self);
    if (watched !== undefined) {
      watched.holder = holder;
      holds.set(holder, createHold(watched, holder));
    }
    return holder;
  };
  const read: Observe = (native, self, args) => {
    const held = holds.get(self);
    // Before the call: an iterator that finds the end lets its stream go at once.
    if (held === undefined || !isHeldBy(held.watched, self) || held.watched.watch.isOver())
      return run(native, self, args);
    return thenNative(run(native, self, args) as Promise<unknown>, held.fulfilled, held.rejected);
  };
  const letGo: Observe = (native, self, args) => {
    const watched = holds.get(self)?.watched;
    if (watched !== undefined && isHeldBy(watched, self)) quietly(() => watched.watch.onCancel());
    return run(native, self, args);
  };

  observeMethod(ReadableStream.prototype, 'getReader', hold);
  observeMethod(ReadableStream.prototype, 'cancel', (native, self, args) => {
    const watched = streams.get(self);
    if (watched !== undefined && !isLocked(watched.stream)) quietly(() => watched.watch.onCancel());
    return run(native, self, args);
  });
  for (const method of ['pipeTo', 'pipeThrough', 'tee']) {
    observeMethod(ReadableStream.prototype, method, (native, self, args) => {
      const watched = streams.get(self);
      if (watched !== undefined && !isLocked(watched.stream)) quietly(() => watched.watch.onPiped?.());
      return run(native, self, args);
    });
  }
  for (const { prototype } of [ReadableStreamDefaultReader, ReadableStreamBYOBReader]) {
    observeMethod(prototype, 'read', read);
    observeMethod(prototype, 'cancel', letGo);
  }

  const keepsOpen = createWeakMap<object, true>();
  observeMethod(ReadableStream.prototype, 'values', (native, self, args) => {
    const iterator = hold(native, self, args) as object;
    if (dataValue(argument(args, 0), 'preventCancel')) keepsOpen.set(iterator, true);
    return iterator;
  });
  shareMethod(ReadableStream.prototype, 'values', Symbol.asyncIterator);
  const iteratorPrototype = getPrototypeOf(new ReadableStream().values());
  if (iteratorPrototype !== null) {
    observeMethod(iteratorPrototype, 'next', read);
    observeMethod(iteratorPrototype, 'return', (native, self, args) =>
      keepsOpen.get(self) === true ? run(native, self, args) : letGo(native, self, args),
    );
  }

  return (stream, watch) => void streams.set(stream, { stream, watch, holder: null });
}
