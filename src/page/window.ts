import { WINDOW_BATCHES, WINDOW_CHARS } from '../protocol.ts';

/** Batches the recorder has not acknowledged yet, with their sizes, oldest first. */
export function createWindow() {
  const sizes: number[] = [];
  for (let i = 0; i < WINDOW_BATCHES; i++) sizes[i] = 0;
  let first = 0;
  let count = 0;
  let chars = 0;
  return {
    hasRoom: (): boolean => count < WINDOW_BATCHES && chars < WINDOW_CHARS,
    add(size: number): void {
      // Those beyond it leave with their document.
      if (count === WINDOW_BATCHES) return;
      sizes[(first + count) % WINDOW_BATCHES] = size;
      count++;
      chars += size;
    },
    remove(batches: number): void {
      for (let i = 0; i < batches && count > 0; i++) {
        chars -= sizes[first]!;
        first = (first + 1) % WINDOW_BATCHES;
        count--;
      }
    },
    clear(): void {
      count = 0;
      chars = 0;
    },
  };
}
