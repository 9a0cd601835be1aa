import type { PollingChoice } from '../simulate/world.ts';
import { type AdviceCase, costOf } from './case.ts';

/** Periods that a person would choose, ms. */
export const PERIODS_MS = [
  250, 500, 750, 1000, 1500, 2000, 3000, 4000, 5000, 7500, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 90_000,
  120_000, 180_000, 300_000, 600_000,
] as const;

/** A recording says nothing about periods that fit into it less often than this. */
const MIN_POLLS = 10;

export interface Rung {
  choice: PollingChoice;
  pointsPerHour: number;
}

/** What polling like `like` would cost at each period that the recording can tell of, the shortest first. */
export function pollingLadder(given: AdviceCase, like: Omit<PollingChoice, 'periodMs'>): Rung[] {
  return PERIODS_MS.filter((periodMs) => periodMs * MIN_POLLS <= given.whatIf.horizonMs).map((periodMs) => {
    const choice = { ...like, periodMs, phaseMs: null };
    return { choice, pointsPerHour: costOf(given, given.whatIf.sketch(choice)) };
  });
}

export const cheapest = (rungs: readonly Rung[]): Rung | null =>
  rungs.reduce<Rung | null>(
    (best, rung) => (best === null || rung.pointsPerHour < best.pointsPerHour ? rung : best),
    null,
  );
