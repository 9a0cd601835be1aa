import { argument, createWeakMap, getterOf } from './natives.ts';
import { observeMethod, quietly, run } from './patch.ts';

/** Starts to watch a stream: `onWrite` gets each chunk that the page writes. */
export type WatchWriter = (stream: WritableStream, onWrite: (chunk: unknown) => void) => void;

interface Writing {
  onWrite(chunk: unknown): void;
  closing: boolean;
}

/** Observes streams as the page writes to them, through writers; what `pipeTo` writes stays unseen. */
export function hookWriters(): WatchWriter {
  const streams = createWeakMap<object, Writing>();
  const writers = createWeakMap<object, Writing>();
  const desiredSize = getterOf(WritableStreamDefaultWriter.prototype, 'desiredSize');

  observeMethod(WritableStream.prototype, 'getWriter', (native, self, args) => {
    const writer = run(native, self, args) as object;
    const writing = streams.get(self);
    if (writing !== undefined) writers.set(writer, writing);
    return writer;
  });
  observeMethod(WritableStreamDefaultWriter.prototype, 'write', (native, self, args) => {
    const writing = writers.get(self);
    if (writing !== undefined) {
      quietly(() => {
        // It throws once the writer was released, and is null once the stream is broken: then nothing is written.
        if (!writing.closing && desiredSize(self as WritableStreamDefaultWriter) !== null)
          writing.onWrite(argument(args, 0));
      });
    }
    return run(native, self, args);
  });
  for (const owner of [WritableStreamDefaultWriter.prototype, WritableStream.prototype]) {
    observeMethod(owner, 'close', (native, self, args) => {
      const writing = writers.get(self) ?? streams.get(self);
      if (writing !== undefined) writing.closing = true;
      return run(native, self, args);
    });
  }

  return (stream, onWrite) => void streams.set(stream, { onWrite, closing: false });
}
