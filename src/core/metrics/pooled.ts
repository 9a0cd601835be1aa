import type { LatencySamples } from './latency.ts';

/** Each bucket is this much wider than the one before: a quantile read off it is right to a hundredth. */
const GROWTH = 1.02;
const LOWEST_MS = 0.1;
const BUCKETS = 1100;
const LOG_GROWTH = Math.log(GROWTH);

interface Counted {
  of: number;
  lastReceivedAt: number;
  buckets: Uint32Array;
}

/**
 * Quantiles over the samples of many channels together, to a hundredth of the value. Remembers what it counted of each channel, so that
 * asking again costs what came since.
 */
export function createPool(): { quantile(all: readonly LatencySamples[], q: number): number | null } {
  const counted = new WeakMap<LatencySamples, Counted>();

  function bucketsOf(samples: LatencySamples): Counted {
    const { delayMs, receivedAt } = samples;
    let known = counted.get(samples);
    // Fewer than before, or others: the oldest were dropped.
    if (known === undefined || known.of > delayMs.length || receivedAt[known.of - 1] !== known.lastReceivedAt) {
      known = { of: 0, lastReceivedAt: Number.NaN, buckets: new Uint32Array(BUCKETS) };
      counted.set(samples, known);
    }
    for (; known.of < delayMs.length; known.of++) known.buckets[bucketOf(delayMs[known.of]!)]!++;
    known.lastReceivedAt = receivedAt[known.of - 1] ?? Number.NaN;
    return known;
  }

  return {
    quantile(all, q) {
      const parts = all.filter(({ delayMs }) => delayMs.length > 0).map(bucketsOf);
      const total = parts.reduce((sum, { of }) => sum + of, 0);
      if (total === 0) return null;
      const rank = q * (total - 1);
      let seen = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        for (const { buckets } of parts) seen += buckets[bucket]!;
        if (seen > rank) return midOf(bucket);
      }
      return midOf(BUCKETS - 1);
    },
  };
}

/** What a clock that runs behind makes negative counts as no delay at all. */
function bucketOf(ms: number): number {
  if (ms <= LOWEST_MS) return 0;
  return Math.min(1 + Math.floor(Math.log(ms / LOWEST_MS) / LOG_GROWTH), BUCKETS - 1);
}

const midOf = (bucket: number): number => (bucket === 0 ? 0 : LOWEST_MS * GROWTH ** (bucket - 0.5));
