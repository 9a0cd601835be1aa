import { median } from '../metrics/statistics.ts';

/** A poll whose interval grows by a steady factor. */
export interface BackoffFit {
  factor: number;
  of: number;
}

const GROWTH = 1.05;
/** Three ratios may be equal by chance, so they must be so exactly; of more each may be this far from their median. */
const MIN_RATIOS = 3;
const FEW_SPREAD = 0.03;
const SPREAD = 0.1;
/** Having reached its longest interval it keeps it; after more gaps than this it is a timer like any other. */
const MAX_AT_LONGEST = 7;

/** Looks for at least three gaps in a row growing by the same factor, up to the last or the longest; null when there are none. */
export function fitBackoff(gapsMs: readonly number[]): BackoffFit | null {
  const ratioAt = (i: number) => gapsMs[i]! / Math.max(gapsMs[i - 1]!, 1);
  let i = gapsMs.length - 1;
  while (i > 0 && gapsMs.length - i <= MAX_AT_LONGEST && Math.abs(ratioAt(i) - 1) <= GROWTH - 1) i--;
  // The step up to the longest interval is cut short.
  const isCapped = i < gapsMs.length - 1;
  if (isCapped && ratioAt(i) > GROWTH) i--;
  const ratios: number[] = [];
  for (; i > 0 && ratioAt(i) > GROWTH; i--) ratios.push(ratioAt(i));
  if (ratios.length < MIN_RATIOS) return null;
  const middle = median(ratios)!;
  const spread = Math.max(...ratios.map((ratio) => Math.abs(ratio / middle - 1)));
  if (spread > (ratios.length === MIN_RATIOS ? FEW_SPREAD : SPREAD)) return null;
  return { factor: ratios.reduce((sum, r) => sum + r, 0) / ratios.length, of: ratios.length + 1 };
}
