const SAMPLE_MS = 500;
const MB = 2 ** 20;

/** Resident memory of this process in MB: after the first fifth of the run, and over its last fifth. */
export interface MemoryUse {
  earlyMb: number;
  lateMb: number;
  peakMb: number;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Samples resident memory until stopped. */
export function createMemoryWatch(): { stop(): MemoryUse } {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(process.memoryUsage.rss() / MB), SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      const fifth = Math.max(1, Math.floor(samples.length / 5));
      return {
        earlyMb: median(samples.slice(fifth, 2 * fifth)),
        lateMb: median(samples.slice(-fifth)),
        peakMb: Math.max(...samples),
      };
    },
  };
}
