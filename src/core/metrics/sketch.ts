/**
 * Counts of values in buckets that grow with them: DDSketch (Masson, Rim, Lee 2019, https://arxiv.org/abs/1908.10693). However many
 * values there were, a quantile is right to one hundredth of itself, and sketches of several series can be read together.
 */
export interface Sketch {
  /** From the most negative value to the largest; in the middle what is next to nothing. */
  buckets: Uint32Array;
  count: number;
  max: number;
}

export const RELATIVE_ERROR = 0.01;
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
/** Less than this, in ms, counts as nothing. */
const LEAST = 0.1;
/** To a day in ms, beyond which no stamp is believed. */
const BUCKETS_A_SIDE = 1030;

export const createSketch = (): Sketch => ({
  buckets: new Uint32Array(2 * BUCKETS_A_SIDE + 1),
  count: 0,
  max: -Infinity,
});

export function addToSketch(sketch: Sketch, value: number): void {
  const size = Math.abs(value);
  const step = size <= LEAST ? 0 : Math.min(Math.ceil(Math.log(size / LEAST) / LOG_GROWTH), BUCKETS_A_SIDE);
  sketch.buckets[BUCKETS_A_SIDE + (value < 0 ? -step : step)]!++;
  sketch.count++;
  if (value > sketch.max) sketch.max = value;
}

export function mergeSketch(into: Sketch, from: Sketch): void {
  for (let i = 0; i < into.buckets.length; i++) into.buckets[i]! += from.buckets[i]!;
  into.count += from.count;
  into.max = Math.max(into.max, from.max);
}

/** A sketch as it is saved: the counts from the first bucket that has any to the last. */
export interface SavedSketch {
  max: number;
  firstBucket: number;
  counts: number[];
}

export function saveSketch({ buckets, max }: Sketch): SavedSketch {
  const firstBucket = buckets.findIndex((n) => n > 0);
  return { max, firstBucket, counts: [...buckets.subarray(firstBucket, buckets.findLastIndex((n) => n > 0) + 1)] };
}

/** Buckets that do not exist are left out. */
export function readSketch({ max, firstBucket, counts }: SavedSketch): Sketch {
  const sketch = createSketch();
  for (const [i, n] of counts.entries()) {
    if (firstBucket + i >= sketch.buckets.length) break;
    sketch.buckets[firstBucket + i] = n;
    sketch.count += sketch.buckets[firstBucket + i]!;
  }
  sketch.max = max;
  return sketch;
}

/** The q-quantile of all values of these sketches together, within `RELATIVE_ERROR`; null for none. */
export function sketchQuantile(sketches: readonly Sketch[], q: number): number | null {
  const rank = q * (sketches.reduce((sum, { count }) => sum + count, 0) - 1);
  if (rank < 0) return null;
  let seen = 0;
  let i = -1;
  while (seen <= rank) {
    i++;
    for (const { buckets } of sketches) seen += buckets[i]!;
  }
  return middleOf(i - BUCKETS_A_SIDE);
}

/** As far, in proportion, from the lower edge of its bucket as from the upper. */
const middleOf = (step: number): number =>
  step === 0 ? 0 : (Math.sign(step) * LEAST * 2 * GROWTH ** Math.abs(step)) / (GROWTH + 1);
