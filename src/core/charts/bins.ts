import type { Bucket, Series } from '../series.ts';

/** What happened in a stretch of `seconds` from `second` (epoch seconds). */
export interface Bin extends Bucket {
  seconds: number;
}

/** Lengths of a bin that divide minutes: bins then begin at round times. */
const LENGTHS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

/** Sums several series in equal bins from `fromMs` to `toMs` (epoch ms), at most `maxBins` of them; quiet ones are zeros. */
export function binSeries(all: readonly Series[], fromMs: number, toMs: number, maxBins: number): Bin[] {
  const seconds = Math.max((toMs - fromMs) / 1000, 1);
  const length = LENGTHS_S.find((n) => seconds / n <= maxBins) ?? Math.ceil(seconds / maxBins);
  const first = Math.floor(fromMs / 1000 / length) * length;
  const bins: Bin[] = [];
  for (let second = first; second * 1000 < toMs; second += length) {
    const none = { useful: 0, wasted: 0, headerBytes: 0, framingBytes: 0, payloadBytes: 0, messages: 0 };
    bins.push({ second, seconds: length, ...none });
  }
  for (const series of all) {
    // From the newest back: what is drawn is the last minutes of ten.
    for (let i = series.length - 1; i >= 0 && series[i]!.second >= first; i--) {
      const bin = bins[Math.floor((series[i]!.second - first) / length)];
      if (bin !== undefined) addTo(bin, series[i]!);
    }
  }
  return bins;
}

function addTo(bin: Bin, { useful, wasted, headerBytes, framingBytes, payloadBytes, messages }: Bucket): void {
  bin.useful += useful;
  bin.wasted += wasted;
  bin.headerBytes += headerBytes;
  bin.framingBytes += framingBytes;
  bin.payloadBytes += payloadBytes;
  bin.messages += messages;
}
