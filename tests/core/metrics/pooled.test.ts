import { describe, expect, it } from 'vitest';
import { createLatencySamples, type LatencySamples } from '../../../src/core/metrics/latency.ts';
import { createPool } from '../../../src/core/metrics/pooled.ts';
import { ascending, quantile } from '../../../src/core/metrics/statistics.ts';

const samples = (delayMs: number[]): LatencySamples => ({
  ...createLatencySamples(),
  delayMs,
  receivedAt: delayMs.map((_, i) => i),
});
/** Delays as they come: a few long ones among many short. */
const delays = (n: number, scale: number) =>
  Array.from({ length: n }, (_, i) => scale * (1 + ((i * 7919) % 1000) ** 2 / 1000));

describe('a quantile over many channels', () => {
  it('is that of all their samples together, to a hundredth', () => {
    const channels = [samples(delays(500, 1)), samples(delays(3000, 20)), samples(delays(10, 400))];
    const exact = ascending(channels.flatMap(({ delayMs }) => delayMs));
    const pool = createPool();
    for (const q of [0.05, 0.5, 0.95, 0.99]) {
      const value = pool.quantile(channels, q)!;
      expect(Math.abs(value / quantile(exact, q)! - 1), `q=${q}`).toBeLessThan(0.011);
    }
  });

  it('counts what came since it was asked last, and what replaced what was dropped', () => {
    const channel = samples([10, 10, 10]);
    const pool = createPool();
    expect(pool.quantile([channel], 0.95)).toBeCloseTo(10, 0);
    channel.delayMs.push(...delays(100, 0).map(() => 500));
    channel.receivedAt.push(...Array.from({ length: 100 }, (_, i) => 3 + i));
    expect(pool.quantile([channel], 0.5)! / 500).toBeCloseTo(1, 1);
    channel.delayMs.splice(0, 103, 20, 20);
    channel.receivedAt.splice(0, 103, 900, 901);
    expect(pool.quantile([channel], 0.95)! / 20).toBeCloseTo(1, 1);
  });

  it('is unknown where nothing was stamped, and nothing where a clock runs behind', () => {
    expect(createPool().quantile([samples([])], 0.5)).toBeNull();
    expect(createPool().quantile([samples([-40, -30, -20])], 0.5)).toBe(0);
  });
});
