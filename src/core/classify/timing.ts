/** When one completed request of a channel began, waited and ended; wall ms. */
export interface Timing {
  startedAt: number;
  /** From sending to the response head. */
  waitMs: number;
  endedAt: number;
}

/** Requests that a verdict looks back on: enough for any test, so that a verdict costs the same however long the channel lives. */
export const WINDOW = 40;

/** Requests closer than this belong to one burst and count as one. */
const BURST_MS = 50;

/** Folds bursts: what starts within 50 ms of the end of the one before is the same tick of whatever clock drives the page. */
export function foldBursts(timings: readonly Timing[]): Timing[] {
  const folded: Timing[] = [];
  for (const timing of timings) {
    const last = folded.at(-1);
    if (last !== undefined && timing.startedAt - last.endedAt < BURST_MS) {
      folded[folded.length - 1] = { ...last, endedAt: Math.max(last.endedAt, timing.endedAt) };
    } else folded.push(timing);
  }
  return folded;
}
