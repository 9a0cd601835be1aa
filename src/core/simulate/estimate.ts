import { ascending, median } from '../metrics/statistics.ts';

/** A number and how far it may be off, given what is not known. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export const exactly = (value: number): Estimate => ({ value, low: value, high: value });

/** The sum of what is known; null where nothing is. */
export function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** The median of measured numbers between their smallest and largest; null for none. */
export function spreadOf(measured: readonly number[]): Estimate | null {
  const sorted = ascending(measured);
  const value = median(sorted);
  return value === null ? null : { value, low: sorted[0]!, high: sorted.at(-1)! };
}

export const mapEstimate = ({ value, low, high }: Estimate, f: (x: number) => number): Estimate => ({
  value: f(value),
  low: f(low),
  high: f(high),
});

/** Moves an estimate by a number that is itself known to ± `band`; never below 0. */
export const shifted = ({ value, low, high }: Estimate, by: number, band: number): Estimate => ({
  value: Math.max(value + by, 0),
  low: Math.max(low + by - band, 0),
  high: Math.max(high + by + band, 0),
});
