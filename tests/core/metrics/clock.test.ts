import { describe, expect, it } from 'vitest';
import { boundsOf, isLoopbackHost, narrow, offsetOf } from '../../../src/core/metrics/clock.ts';
import { entryOf, T0 } from '../../support/timeline.ts';

/** A response that a server whose clock is `aheadMs` ahead wrote `atMs` after T0, half way through its wait of 20 ms. */
const answer = (atMs: number, aheadMs: number) => {
  const written = T0 + atMs + 10 + aheadMs;
  const date = new Date(Math.floor(written / 1000) * 1000).toUTCString();
  return entryOf({ startedAt: T0 + atMs, waitMs: 20, responseHeaders: [['Date', date]] });
};
const learned = (aheadMs: number, answers = 40) => {
  let clock: ReturnType<typeof boundsOf> | undefined;
  for (let i = 0; i < answers; i++) clock = narrow(clock ?? undefined, boundsOf(answer(i * 1037, aheadMs))!);
  return clock!;
};

describe("a server's clock", () => {
  it('lies within the bounds that every Date header sets', () => {
    for (const aheadMs of [-86_400_000, -3400, 0, 250, 7_777_777]) {
      const { fromMs, toMs } = learned(aheadMs);
      expect(fromMs).toBeLessThanOrEqual(aheadMs);
      expect(toMs).toBeGreaterThanOrEqual(aheadMs);
      expect(toMs - fromMs).toBeLessThan(200);
    }
  });
  it('is known to a tenth of a second after forty answers, and reckoned with', () => {
    const { offsetMs, plusMinusMs } = offsetOf(learned(5000), false);
    expect(Math.abs(offsetMs - 5000)).toBeLessThanOrEqual(plusMinusMs!);
    expect(plusMinusMs).toBeLessThan(100);
  });
  it('is taken to agree with ours where it may', () => {
    const clock = learned(0);
    expect(offsetOf(clock, false).offsetMs).toBe(0);
    expect(offsetOf(clock, false).plusMinusMs).toBeGreaterThan(0);
    expect(offsetOf(clock, true)).toEqual({ offsetMs: 0, plusMinusMs: 0 });
  });
  it('begins anew when it was set', () => {
    const before = learned(0);
    const after = narrow(before, boundsOf(answer(60_000, 30_000))!);
    expect(after.fromMs).toBeLessThanOrEqual(30_000);
    expect(after.toMs).toBeGreaterThanOrEqual(30_000);
    expect(after.fromMs).toBeGreaterThan(20_000);
  });
  it('is unknown where no response says it', () => {
    expect(boundsOf(entryOf({}))).toBeNull();
    expect(boundsOf(entryOf({ responseHeaders: [['date', 'yesterday']] }))).toBeNull();
    expect(boundsOf({ ...answer(0, 0), fromCache: true })).toBeNull();
    expect(offsetOf(undefined, false)).toEqual({ offsetMs: 0, plusMinusMs: null });
  });
});

it('this machine is known by its names', () => {
  expect(['127.0.0.1:80', 'localhost', 'app.localhost:3000', '[::1]:8080'].every(isLoopbackHost)).toBe(true);
  expect(['localhost.example', '10.0.0.1', 'example.org'].some(isLoopbackHost)).toBe(false);
});
