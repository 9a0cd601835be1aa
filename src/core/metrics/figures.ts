import type { Tally } from '../channels.ts';
import { type Figure, UNKNOWN } from '../model.ts';

/**
 * A sum over `all` things of which the tally knows some. Complete: measured. Incomplete: the mean of the known ones stands
 * for the missing, ± their spread. None known: the mean of `likeThem` (other requests to the same origin), or unknown.
 */
export function sumFigure(tally: Tally, all: number, likeThem: Tally | null = null): Figure {
  const missing = Math.max(all - tally.of, 0);
  if (missing === 0)
    return {
      value: tally.bytes,
      provenance: tally.plusMinus > 0 ? 'estimated' : 'measured',
      plusMinus: tally.plusMinus,
    };
  const model = tally.of > 0 ? tally : likeThem;
  if (model === null || model.of === 0)
    return tally.of === 0 && all > 0 ? UNKNOWN : { value: 0, provenance: 'measured', plusMinus: 0 };
  const mean = model.bytes / model.of;
  return {
    value: Math.round(tally.bytes + missing * mean),
    provenance: 'estimated',
    plusMinus: tally.plusMinus + Math.ceil(missing * Math.max(model.max - mean, mean - model.min)),
  };
}

export const derived = (value: number): Figure => ({ value, provenance: 'derived', plusMinus: 0 });

export function addFigures(...figures: readonly Figure[]): Figure {
  let value = 0;
  let plusMinus = 0;
  let provenance: Figure['provenance'] = 'measured';
  for (const figure of figures) {
    if (figure.value === null) return UNKNOWN;
    value += figure.value;
    plusMinus += figure.plusMinus ?? 0;
    if (figure.provenance === 'estimated' || (figure.provenance === 'derived' && provenance === 'measured'))
      provenance = figure.provenance;
  }
  return { value, provenance, plusMinus };
}
