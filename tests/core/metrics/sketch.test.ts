import { describe, expect, it } from 'vitest';
import {
  absorbSamples,
  addStamped,
  createLatencySamples,
  EXACT_SAMPLES,
  type LatencySamples,
  percentiles,
  relativeErrorOf,
} from '../../../src/core/metrics/latency.ts';
import { createPool } from '../../../src/core/metrics/pooled.ts';
import { addToSketch, createSketch, readSketch, saveSketch, sketchQuantile } from '../../../src/core/metrics/sketch.ts';
import { ascending, quantile } from '../../../src/core/metrics/statistics.ts';

const NOW = 1_800_000_000_000;
/** Delays as they come: most short, some far longer. */
const delayAt = (i: number): number => 5 + ((i * 7919) % 10_007) ** 3 / 1e8;
const delays = (n: number) => Array.from({ length: n }, (_, i) => Math.round(delayAt(i)));

/** A channel that got so many events, one a second, the i-th so late. */
function channel(delayMs: readonly number[], from = 0): LatencySamples {
  const samples = createLatencySamples();
  delayMs.forEach((ms, i) => {
    const at = NOW + (from + i) * 1000;
    addStamped(samples, `{"at":${at}}`, at + ms);
  });
  return samples;
}

const off = (value: number | null, exact: number | null): number => Math.abs(value! / exact! - 1);

describe('percentiles of a channel', () => {
  it('are exact up to ten thousand delays', () => {
    const samples = channel(delays(EXACT_SAMPLES));
    const sorted = ascending(delays(EXACT_SAMPLES));
    expect(relativeErrorOf(samples)).toBe(0);
    expect(percentiles(samples)).toEqual({
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      max: sorted.at(-1),
    });
  });

  it('are those of all delays to a hundredth from the next one on, the maximum exactly', () => {
    for (const n of [EXACT_SAMPLES + 1, 3 * EXACT_SAMPLES]) {
      const samples = channel(delays(n));
      const sorted = ascending(delays(n));
      const { p50, p95, max } = percentiles(samples);
      expect(relativeErrorOf(samples)).toBe(0.01);
      expect(off(p50, quantile(sorted, 0.5)), `p50 of ${n}`).toBeLessThan(0.0101);
      expect(off(p95, quantile(sorted, 0.95)), `p95 of ${n}`).toBeLessThan(0.0101);
      expect(max).toBe(sorted.at(-1));
      expect(samples.count).toBe(n);
    }
  });

  it('do not forget the first delays, of which only the newest are kept', () => {
    const samples = channel([...delays(EXACT_SAMPLES).fill(1000), ...delays(1.5 * EXACT_SAMPLES).fill(10)]);
    expect(samples.delayMs.length).toBeLessThanOrEqual(2 * EXACT_SAMPLES);
    expect(off(percentiles(samples).p95, 1000)).toBeLessThan(0.01);
    expect(off(percentiles(samples).p50, 10)).toBeLessThan(0.01);
  });

  it('are those of both when two channels turn out to be one', () => {
    const few = channel(delays(20));
    absorbSamples(few, channel(delays(30), 100));
    expect(few).toMatchObject({ count: 50, sketch: null });
    const many = channel(delays(EXACT_SAMPLES - 10).fill(20));
    absorbSamples(many, channel(delays(11).fill(500), 20_000));
    expect(many.count).toBe(EXACT_SAMPLES + 1);
    expect(off(percentiles(many).p50, 20)).toBeLessThan(0.01);
    expect(percentiles(many).max).toBe(500);
  });

  it('of several channels together count those of a sketch and those that are still exact', () => {
    const all = [delays(EXACT_SAMPLES + 500), delays(2000).map((ms) => ms * 40)];
    const exact = ascending(all.flat());
    const pool = createPool();
    const channels = all.map((each) => channel(each));
    for (const q of [0.5, 0.95])
      expect(off(pool.quantile(channels, q), quantile(exact, q)), `q=${q}`).toBeLessThan(0.011);
  });
});

describe('a sketch', () => {
  const sketchOf = (values: readonly number[]) => {
    const sketch = createSketch();
    for (const value of values) addToSketch(sketch, value);
    return sketch;
  };

  it('is right to a hundredth over nine orders of magnitude, and on both sides of nothing', () => {
    for (const value of [0.2, 3, 47, 1001, 65_000, 8.6e7, -0.2, -12, -86_000])
      expect(off(sketchQuantile([sketchOf([value])], 0.5), value), `${value}`).toBeLessThan(0.01001);
  });

  it('keeps the order of negative values, nothing and positive ones', () => {
    const sketch = sketchOf([300, -300, 0, -5, 5]);
    const at = [0, 0.25, 0.5, 0.75, 1].map((q) => Math.round(sketchQuantile([sketch], q)!));
    expect(at).toEqual([-300, -5, 0, 5, 300].map((value) => expect.closeTo(value, -1)));
  });

  it('has no quantile without values', () => expect(sketchQuantile([createSketch()], 0.5)).toBeNull());

  it('is the same after it was saved and read', () => {
    const sketch = sketchOf([3, 3, 700, -20]);
    expect(readSketch(saveSketch(sketch))).toEqual(sketch);
  });

  it('reads no more than there are buckets', () =>
    expect(readSketch({ max: 1, firstBucket: 2060, counts: [1, 1, 1] })).toMatchObject({ count: 1 }));
});
