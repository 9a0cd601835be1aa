import { median } from '../metrics/statistics.ts';
import type { Timing } from './timing.ts';

/** How far the requests of a channel follow one another at once, and are held by the server. */
export interface HeldFit {
  /** Share of gaps from the end of one request to the start of the next that are next to nothing. */
  backToBackShare: number;
  medianGapMs: number;
  /** Share of requests the server kept waiting. */
  heldShare: number;
  medianHoldMs: number | null;
  of: number;
}

/** A request is sent "at once" when it follows within this of the last answer, or half a round trip. */
const AT_ONCE_MS = 30;
/** A wait is a hold when it exceeds the round trip by this, and by three round trips. */
const HOLD_MS = 250;

/** Null with fewer than two requests. `rttMs` is the origin's baseline, null when nothing short was seen: then any long wait counts. */
export function fitHeld(timings: readonly Timing[], rttMs: number | null): HeldFit | null {
  if (timings.length < 2) return null;
  const gaps: number[] = [];
  for (let i = 1; i < timings.length; i++) gaps.push(timings[i]!.startedAt - timings[i - 1]!.endedAt);
  const rtt = rttMs ?? 0;
  const atOnceMs = Math.max(AT_ONCE_MS, rtt / 2);
  const holds = timings.filter(({ waitMs }) => isHold(waitMs, rtt)).map(({ waitMs }) => waitMs);
  return {
    backToBackShare: gaps.filter((gap) => gap >= -1 && gap <= atOnceMs).length / gaps.length,
    medianGapMs: median(gaps)!,
    heldShare: holds.length / timings.length,
    medianHoldMs: median(holds),
    of: timings.length,
  };
}

export const isHold = (waitMs: number, rttMs: number): boolean => waitMs - rttMs > Math.max(HOLD_MS, 3 * rttMs);
