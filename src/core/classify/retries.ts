import { median } from '../metrics/statistics.ts';
import type { Timing } from './timing.ts';

/**
 * A streak of failures this long, hurried or ever slower, is a retry loop, and so is one before any success;
 * later and at a steady pace it is a poll whose server is down.
 */
const STREAK = 3;
const HURRIED_MS = 1000;
const GROWTH = 1.2;

/** How many requests failed in a row in the manner of a retry loop; null when they did not. */
export function fitRetries(timings: readonly Timing[]): { of: number } | null {
  const since = timings.findLastIndex(({ failed }) => !failed) + 1;
  const streak = timings.slice(since);
  if (streak.length < STREAK) return null;
  const gaps = streak.slice(1).map(({ startedAt }, i) => startedAt - streak[i]!.startedAt);
  const growing = gaps.every((gap, i) => i === 0 || gap >= gaps[i - 1]! * GROWTH);
  return since === 0 || median(gaps)! < HURRIED_MS || (growing && gaps.length > 1) ? { of: streak.length } : null;
}
