import { describe, expect, it } from 'vitest';
import { histogram } from '../../../src/core/inspect/histogram.ts';

const told = (values: number[]) => histogram(values).map(({ from, to, count }) => `${from}–${to}: ${count}`);

describe('values are counted in round bins', () => {
  it('equally wide where they lie close together', () => {
    expect(told([1990, 2003, 2010, 2049])).toEqual(['1950–2000: 1', '2000–2050: 3']);
    expect(told([0, 10, 20, 55])).toEqual([
      '0–5: 1',
      '5–10: 0',
      '10–15: 1',
      '15–20: 0',
      '20–25: 1',
      '25–30: 0',
      '30–35: 0',
      '35–40: 0',
      '40–45: 0',
      '45–50: 0',
      '50–55: 0',
      '55–60: 1',
    ]);
  });

  it('in steps of 1-2-5 where they lie orders apart', () => {
    expect(told([3, 4, 40, 900])).toEqual([
      '2–5: 2',
      '5–10: 0',
      '10–20: 0',
      '20–50: 1',
      '50–100: 0',
      '100–200: 0',
      '200–500: 0',
      '500–1000: 1',
    ]);
  });

  it('by decades where those would be too many', () => {
    expect(told([1, 50_000])).toEqual(['1–10: 1', '10–100: 0', '100–1000: 0', '1000–10000: 0', '10000–100000: 1']);
  });

  it('of one bin where they are the same', () => {
    expect(told([5, 5, 5])).toEqual(['5–5.1: 3']);
    expect(told([0])).toEqual(['0–1: 1']);
    expect(histogram([])).toEqual([]);
  });
});

it('no value is lost, and bins are few', () => {
  let seed = 3;
  const next = (n: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  for (let round = 0; round < 500; round++) {
    const scale = 10 ** next(7);
    const values = Array.from(
      { length: 1 + next(50) },
      () => (next(1000) / 1000) * scale - (next(4) === 0 ? scale / 10 : 0),
    );
    const bins = histogram(values);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
    expect(bins.length).toBeLessThanOrEqual(14);
    for (const [i, { from, to }] of bins.entries()) {
      expect(to).toBeGreaterThan(from);
      if (i > 0) expect(from).toBe(bins[i - 1]!.to);
    }
    expect(bins[0]!.from).toBeLessThanOrEqual(Math.min(...values));
    expect(bins.at(-1)!.to).toBeGreaterThanOrEqual(Math.max(...values));
  }
});
