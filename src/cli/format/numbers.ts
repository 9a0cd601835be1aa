import type { Figure } from '../../core/model.ts';
import type { Reading, Unit } from '../budget/metrics.ts';

/** What is not known, and what there is none of. */
export const NONE = '–';

export function bytes(value: number): string {
  const size = Math.abs(value);
  if (size < 1000) return `${Math.round(value)} B`;
  return size < 1e6 ? `${(value / 1000).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

export const duration = (ms: number): string =>
  Math.abs(ms) < 1000 ? `${ms.toFixed(Math.abs(ms) < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;

export const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

/** ≈ marks an estimate. */
export const figure = ({ value, provenance }: Figure, write: (value: number) => string): string =>
  value === null ? NONE : `${provenance === 'estimated' ? '≈ ' : ''}${write(value)}`;

const WRITERS: Record<Unit, (value: number) => string> = {
  count: (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1)),
  ms: duration,
  bytes,
  share: percent,
};

/** A reading in its unit; a transport is its own name. */
export function reading(value: Reading | string, unit: Unit | 'transport'): string {
  if (typeof value === 'string') return value;
  return typeof value !== 'number' || unit === 'transport' ? NONE : WRITERS[unit](value);
}
