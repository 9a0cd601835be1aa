import { robustVariation } from '../metrics/statistics.ts';

/** A poll whose interval grows by a steady factor. */
export interface BackoffFit {
  factor: number;
  of: number;
}

const MIN_RATIOS = 3;
const GROWTH = 1.05;
const STEADY_VARIATION = 0.08;

/** Looks for at least three gaps in a row growing by the same factor; null when there are none. */
export function fitBackoff(startToStartMs: readonly number[]): BackoffFit | null {
  const ratios: number[] = [];
  for (let i = startToStartMs.length - 1; i > 0; i--) {
    const ratio = startToStartMs[i]! / Math.max(startToStartMs[i - 1]!, 1);
    if (ratio <= GROWTH) break;
    ratios.push(ratio);
  }
  const variation = robustVariation(ratios);
  if (ratios.length < MIN_RATIOS || variation === null || variation >= STEADY_VARIATION) return null;
  return { factor: ratios.reduce((sum, r) => sum + r, 0) / ratios.length, of: ratios.length + 1 };
}
