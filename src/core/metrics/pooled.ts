import type { LatencySamples } from './latency.ts';
import { addToSketch, createSketch, type Sketch, sketchQuantile } from './sketch.ts';

interface Counted {
  of: number;
  lastReceivedAt: number;
  sketch: Sketch;
}

/**
 * Quantiles over the samples of many channels together, to a hundredth of the value. Remembers what it counted of each channel, so that
 * asking again costs what came since.
 */
export function createPool(): { quantile(all: readonly LatencySamples[], q: number): number | null } {
  const counted = new WeakMap<LatencySamples, Counted>();

  function sketchOf(samples: LatencySamples): Sketch {
    if (samples.sketch !== null) return samples.sketch;
    const { delayMs, receivedAt } = samples;
    let known = counted.get(samples);
    // Fewer than before, or others: they were merged with another channel's.
    if (known === undefined || known.of > delayMs.length || receivedAt[known.of - 1] !== known.lastReceivedAt) {
      known = { of: 0, lastReceivedAt: Number.NaN, sketch: createSketch() };
      counted.set(samples, known);
    }
    for (; known.of < delayMs.length; known.of++) addToSketch(known.sketch, delayMs[known.of]!);
    known.lastReceivedAt = receivedAt[known.of - 1] ?? Number.NaN;
    return known.sketch;
  }

  return {
    quantile(all, q) {
      const value = sketchQuantile(all.filter(({ delayMs }) => delayMs.length > 0).map(sketchOf), q);
      // What a clock that runs behind makes negative counts as no delay at all.
      return value === null ? null : Math.max(value, 0);
    },
  };
}
