import { expect, it } from 'vitest';
import { addWait, createRtt, rttMs } from '../../../src/core/metrics/rtt.ts';
import { ascending, quantile } from '../../../src/core/metrics/statistics.ts';

it('a round trip is the tenth percentile of the newest 64 short waits, whatever their order', () => {
  const rtt = createRtt();
  const short: number[] = [];
  for (let i = 0; i < 500; i++) {
    // Rises, falls, repeats itself, and is at times too long to count.
    const waitMs = (i * i * 7) % 311;
    addWait(rtt, 'https://app.test', waitMs);
    if (waitMs <= 250) short.push(waitMs);
    expect(rttMs(rtt, 'https://app.test')).toBe(quantile(ascending(short.slice(-64)), 0.1));
  }
  expect(rttMs(rtt, 'https://other.test')).toBeNull();
});
