import type { Series } from '../../core/series.ts';
import { bytes, count, duration } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import type { ChartSpec } from './mount.ts';
import type { Palette } from './palette.ts';

const secondsAgo = (x: number): string => (x >= 0 ? t('now') : t('secondsAgo', count(Math.round(-x))));

/** x of a bar: the middle of its second, in seconds before the newest. */
const pointsOf = (series: Series, amount: (bucket: Series[number]) => number) =>
  series.map((bucket, i) => ({ x: i - series.length + 1, y: amount(bucket) }));

export function requestsSpec(series: Series, palette: Palette): ChartSpec {
  return {
    type: 'stacked-bars',
    sets: [
      { label: t('useful'), color: palette.useful, points: pointsOf(series, (b) => b.useful) },
      { label: t('wasted'), color: palette.wasted, points: pointsOf(series, (b) => b.wasted) },
    ],
    fromX: 0.5 - series.length,
    minTopY: 4,
    logFromY: null,
    formatX: secondsAgo,
    formatY: count,
    formatTickY: (y) => (Number.isInteger(y) ? count(y) : ''),
  };
}

export function bytesSpec(series: Series, palette: Palette): ChartSpec {
  return {
    type: 'stacked-bars',
    sets: [
      { label: t('headers'), color: palette.header, points: pointsOf(series, (b) => b.headerBytes) },
      { label: t('framing'), color: palette.framing, points: pointsOf(series, (b) => b.framingBytes) },
      { label: t('payload'), color: palette.payload, points: pointsOf(series, (b) => b.payloadBytes) },
    ],
    fromX: 0.5 - series.length,
    minTopY: 1000,
    logFromY: null,
    formatX: secondsAgo,
    formatY: bytes,
  };
}

export interface LatencySet {
  label: string;
  transport: string | null;
  receivedAt: readonly number[];
  delayMs: readonly number[];
}

export function latencySpec(sets: readonly LatencySet[], nowMs: number, seconds: number, palette: Palette): ChartSpec {
  // From a millisecond to a minute on one chart; a clock that runs behind makes delays negative, which only a linear axis shows.
  const logarithmic = sets.every((set) => set.delayMs.every((ms) => ms > 0));
  return {
    type: 'scatter',
    sets: sets.map(({ label, transport, receivedAt, delayMs }) => {
      const points = [];
      for (let i = receivedAt.length - 1; i >= 0; i--) {
        const x = (receivedAt[i]! - nowMs) / 1000;
        if (x < -seconds) break;
        points.push({ x, y: delayMs[i]! });
      }
      return { label, color: palette.transport(transport), points: points.reverse() };
    }),
    fromX: 0.5 - seconds,
    minTopY: 1000,
    logFromY: logarithmic ? 0.1 : null,
    formatX: secondsAgo,
    formatY: duration,
    formatTickY: (y) => (logarithmic && !Number.isInteger(Math.log10(y)) ? '' : duration(y)),
  };
}
