/** Values from `from` up to `to` (exclusive), and how many there are. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

const MAX_BINS = 12;
/** Values that differ by more than this factor are told apart on a logarithmic scale. */
const WIDE = 20;

/**
 * Counts values in bins with round edges: equally wide where they lie close together, in steps of 1-2-5 where they lie orders of
 * magnitude apart. No more than a dozen; empty for no values.
 */
export function histogram(values: readonly number[]): Bin[] {
  if (values.length === 0) return [];
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const edges = min > 0 && max / min > WIDE ? logarithmicEdges(min, max) : linearEdges(min, max);
  const bins = edges.slice(1).map((to, i) => ({ from: edges[i]!, to, count: 0 }));
  for (const value of values) {
    const bin = bins.find(({ to }) => value < to) ?? bins.at(-1)!;
    bin.count++;
  }
  return bins;
}

function linearEdges(min: number, max: number): number[] {
  const step = roundUp(Math.max((max - min) / (MAX_BINS - 1), Math.abs(max) / 50) || 1);
  const first = Math.floor(min / step);
  const last = Math.floor(max / step) + 1;
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logarithmicEdges(min: number, max: number): number[] {
  const decades = Math.log10(max / min);
  const factors = decades * 3 + 2 <= MAX_BINS ? [1, 2, 5] : [1];
  const edges: number[] = [];
  for (let power = Math.floor(Math.log10(min)); edges.length === 0 || edges.at(-1)! <= max; power++)
    for (const factor of factors) {
      const edge = factor * 10 ** power;
      if (edges.length > 0 && edges.at(-1)! > max) break;
      if (edge <= min) edges.length = 0;
      edges.push(edge);
    }
  return edges;
}

/** The next of 1, 2, 5, 10, … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}
