import { describe, expect, it } from 'vitest';
import { binSeries } from '../../../src/core/charts/bins.ts';
import { rankHeaders } from '../../../src/core/charts/header-costs.ts';
import { bucketAt, type Series } from '../../../src/core/series.ts';

function series(...seconds: [second: number, useful: number, payloadBytes: number][]): Series {
  const all: Series = [];
  for (const [second, useful, payloadBytes] of seconds) {
    const bucket = bucketAt(all, second * 1000);
    bucket.useful += useful;
    bucket.payloadBytes += payloadBytes;
  }
  return all;
}

describe('binned series', () => {
  it('are sums of seconds in bins that begin at round times', () => {
    const bins = binSeries([series([61, 1, 10], [62, 2, 20]), series([69, 4, 40])], 60_000, 120_000, 12);
    expect(bins.map(({ second }) => second)).toEqual([60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115]);
    expect(bins.slice(0, 3).map(({ useful, payloadBytes }) => [useful, payloadBytes])).toEqual([
      [3, 30],
      [4, 40],
      [0, 0],
    ]);
  });

  it('leave out what lies before and after', () => {
    const [only] = binSeries([series([9, 1, 0], [10, 2, 0], [11, 4, 0])], 10_000, 10_900, 60);
    expect(only).toMatchObject({ second: 10, useful: 2 });
  });

  it('lose nothing, at any length', () => {
    const all = series(...Array.from({ length: 600 }, (_, i) => [1000 + i, 1, 7] as [number, number, number]));
    for (const maxBins of [3, 20, 60, 600]) {
      const bins = binSeries([all], 1_000_000, 1_600_000, maxBins);
      expect(
        bins.reduce((sum, { useful }) => sum + useful, 0),
        `${maxBins} bins`,
      ).toBe(600);
      expect(bins.length).toBeLessThanOrEqual(maxBins + 1);
    }
  });
});

describe('ranked header costs', () => {
  it('add up over channels and both ways, dearest first', () => {
    const costs = (...rows: [string, number, number][]) => ({
      headerCosts: new Map(rows.map(([name, requestBytes, responseBytes]) => [name, { requestBytes, responseBytes }])),
    });
    expect(rankHeaders([costs(['cookie', 40, 0], ['date', 0, 50]), costs(['cookie', 40, 0])], 5)).toEqual([
      { name: 'cookie', requestBytes: 80, responseBytes: 0 },
      { name: 'date', requestBytes: 0, responseBytes: 50 },
    ]);
    expect(rankHeaders([costs(['a', 1, 0], ['b', 2, 0])], 1)).toMatchObject([{ name: 'b' }]);
  });
});
