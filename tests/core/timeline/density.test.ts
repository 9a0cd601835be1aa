import { describe, expect, it } from 'vitest';
import { eachBin, lowerBound } from '../../../src/core/timeline/density.ts';

const instants = (times: number[]) => ({ length: times.length, timeAt: (i: number) => times[i]! });

const bins = (times: number[], from: number, to: number, n: number) => {
  const seen: [bin: number, count: number][] = [];
  eachBin(instants(times), { from, to }, n, (bin, first, end) => seen.push([bin, end - first]));
  return seen;
};

describe('finding an instant', () => {
  it('gives the first that is not before it', () => {
    const times = instants([10, 20, 20, 30]);
    expect([5, 10, 15, 20, 25, 30, 31].map((at) => lowerBound(times, at))).toEqual([0, 0, 1, 1, 3, 3, 4]);
  });
});

describe('binning', () => {
  it('counts what falls into each part and leaves empty ones out', () => {
    expect(bins([0, 1, 9, 10, 55, 98, 99, 100], 0, 100, 10)).toEqual([
      [0, 3],
      [1, 1],
      [5, 1],
      [9, 2],
    ]);
  });

  it('leaves out what lies before and after', () => {
    expect(bins([1, 2, 50, 200, 300], 40, 60, 2)).toEqual([[1, 1]]);
  });

  it('loses none and counts none twice, however they cluster', () => {
    let at = 0;
    const times = Array.from({ length: 20_000 }, (_, i) => {
      at += i % 700 === 0 ? 400 : (i * 7919) % 3;
      return at;
    });
    const counted = bins(times, times[0]!, times.at(-1)! + 1, 997).reduce((sum, [, count]) => sum + count, 0);
    expect(counted).toBe(20_000);
  });

  it('reads a number of instants that grows with the bins, not with the instants', () => {
    const reads = (n: number) => {
      let count = 0;
      const dense = {
        length: n,
        timeAt: (i: number) => {
          count++;
          return (i * 1e6) / n;
        },
      };
      eachBin(dense, { from: 0, to: 1e6 }, 500, () => {});
      return count;
    };
    expect(reads(1_000_000)).toBeLessThan(2 * reads(50_000));
  });
});
