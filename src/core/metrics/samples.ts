import { ascending, quantile } from './statistics.ts';

/** The newest durations of one kind, in ms. */
export interface Samples {
  values: number[];
  /** Where the next one goes once the ring is full. */
  next: number;
  /** All there ever were. */
  count: number;
}

/** Enough for a 95th percentile; bounded, because every channel has several. */
const KEPT = 500;

export const createSamples = (): Samples => ({ values: [], next: 0, count: 0 });

export function addSample(samples: Samples, value: number): void {
  samples.values[samples.next] = value;
  samples.next = (samples.next + 1) % KEPT;
  samples.count++;
}

/** null where there are none. */
export interface Spread {
  p50: number | null;
  p95: number | null;
  samples: number;
}

export function spreadOf({ values, count }: Samples): Spread {
  const sorted = ascending(values);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), samples: count };
}

/**
 * Jitter of what arrives one after the other: the mean deviation of neighbouring gaps from one another, smoothed as RFC 3550
 * §6.4.1 does it; null with fewer than two gaps.
 */
export function jitterOf({ values, next }: Samples): number | null {
  if (values.length < 2) return null;
  const inOrder = [...values.slice(next), ...values.slice(0, next)];
  let jitter = 0;
  for (let i = 1; i < inOrder.length; i++) jitter += (Math.abs(inOrder[i]! - inOrder[i - 1]!) - jitter) / 16;
  return jitter;
}
