/** A one-way line that takes its time. Chunks leave in the order they came, however chance delays them. */
export interface Lag {
  /** Hands `chunk` on after `delayMs`, or as soon as all before it have left. */
  push(chunk: Buffer, delayMs: number): void;
  /** Calls back once all that was pushed has left. */
  whenEmpty(callback: () => void): void;
  readonly bytes: number;
  stop(): void;
}

export function createLag(deliver: (chunk: Buffer) => void): Lag {
  let queue: { chunk: Buffer; releaseAt: number }[] = [];
  let callbacks: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let bytes = 0;
  let lastReleaseAt = 0;

  function release(): void {
    timer = null;
    while (queue.length > 0 && queue[0]!.releaseAt <= performance.now() + 0.5) {
      const { chunk } = queue.shift()!;
      bytes -= chunk.length;
      deliver(chunk);
    }
    if (queue.length > 0) timer = setTimeout(release, queue[0]!.releaseAt - performance.now());
    else for (const callback of callbacks.splice(0)) callback();
  }

  return {
    push(chunk, delayMs) {
      if (queue.length === 0 && delayMs <= 0) {
        deliver(chunk);
        return;
      }
      lastReleaseAt = Math.max(lastReleaseAt, performance.now() + delayMs);
      queue.push({ chunk, releaseAt: lastReleaseAt });
      bytes += chunk.length;
      timer ??= setTimeout(release, delayMs);
    },
    whenEmpty(callback) {
      if (queue.length === 0) callback();
      else callbacks.push(callback);
    },
    get bytes() {
      return bytes;
    },
    stop() {
      if (timer) clearTimeout(timer);
      queue = [];
      callbacks = [];
      bytes = 0;
    },
  };
}
