import { NativeArrayBuffer, NativeUint8Array, setAll } from './natives.ts';
import { bytesOf } from './payload.ts';

/**
 * A ring of bytes beside the ring of events: content is copied here once when an event is made, which costs a twentieth of an
 * array for each, and leaves with a batch in one piece. Memory is taken when the first byte comes, and given back by `free`.
 * The caller keeps within `capacity`.
 */
export function createStage(capacity: number) {
  let buffer: ArrayBuffer | null = null;
  let ring: Uint8Array | null = null;
  let first = 0;
  let used = 0;

  function drop(count: number): void {
    first = (first + count) % capacity;
    used -= count;
  }

  return {
    put(bytes: Uint8Array, count: number): void {
      buffer ??= new NativeArrayBuffer(capacity);
      ring ??= new NativeUint8Array(buffer);
      const at = (first + used) % capacity;
      const fits = capacity - at;
      if (count <= fits) setAll(ring, bytes, at);
      else {
        setAll(ring, bytesOf(bytes, 0, fits), at);
        setAll(ring, bytesOf(bytes, fits, count - fits), 0);
      }
      used += count;
    },
    /** The oldest bytes, as a copy; null for none. */
    take(count: number): Uint8Array | null {
      if (count === 0 || buffer === null) return null;
      const taken = new NativeUint8Array(count);
      const fits = capacity - first;
      setAll(taken, new NativeUint8Array(buffer, first, count < fits ? count : fits), 0);
      if (count > fits) setAll(taken, new NativeUint8Array(buffer, 0, count - fits), fits);
      drop(count);
      return taken;
    },
    drop,
    free(): void {
      buffer = null;
      ring = null;
      first = 0;
      used = 0;
    },
  };
}
