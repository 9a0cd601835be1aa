import { defineProperty, now, react, uncurryThis } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { bufferBytes, bytesOf } from './payload.ts';

/** Reads the head of a Blob that the connection `id` carried, later. Null when too many are being read already. */
export type ReadBlob = (id: number, blob: Blob, bytes: number) => number | null;

/** Heads that are read at a time; a Blob may lie on a disk. */
const MOST_AT_ONCE = 16;

const slice = uncurryThis(Blob.prototype.slice) as (blob: Blob, from: number, to: number) => Blob;
const arrayBuffer = uncurryThis(Blob.prototype.arrayBuffer);

/** Reads from a slice of its own, which copies nothing of what the page owns. */
export function createBlobReader(outbox: Outbox): ReadBlob {
  let reading = 0;
  let lastContentId = 0;
  return (id, blob, bytes) => {
    if (bytes === 0 || reading >= MOST_AT_ONCE) return null;
    const contentId = ++lastContentId;
    reading++;
    const content = arrayBuffer(slice(blob, 0, bytes));
    // `then` asks a promise for its constructor, and finds the page's unless it has one itself.
    defineProperty(content, 'constructor', { __proto__: null, value: undefined } as PropertyDescriptor);
    react(
      content,
      (buffer) => {
        reading--;
        if (outbox.wanted === null) return;
        const count = bufferBytes(buffer) ?? 0;
        outbox.emit(['content', id, now(), contentId, count], bytesOf(buffer, 0, count), count);
      },
      () => {
        reading--;
      },
    );
    return contentId;
  };
}
