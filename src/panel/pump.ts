/** Work in one go: short enough that a frame is drawn in time beside it. */
const SLICE_MS = 7;

/** Does long work in slices, between which the browser draws and answers. */
export interface Pump {
  /** Begins, or goes on, at once. */
  start(): void;
  stop(): void;
}

/** `work` goes on until `isDue()` and says whether there is more to do. */
export function createPump(work: (isDue: () => boolean) => boolean): Pump {
  let waiting: AbortController | null = null;

  function run(): void {
    waiting = null;
    const until = performance.now() + SLICE_MS;
    if (!work(() => performance.now() >= until)) return;
    waiting = new AbortController();
    // Aborted on stop: that rejects, and is no failure.
    scheduler.postTask(run, { priority: 'user-visible', signal: waiting.signal }).catch(() => {});
  }
  return {
    start() {
      if (waiting === null) run();
    },
    stop() {
      waiting?.abort();
      waiting = null;
    },
  };
}
