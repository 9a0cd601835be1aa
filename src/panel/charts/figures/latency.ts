import { ascending, quantile } from '../../../core/metrics/statistics.ts';
import { lowerBound } from '../../../core/timeline/density.ts';
import { shortName } from '../../words/channel.ts';
import { duration } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { type ChartScope, instantText, timeOf } from '../scope.ts';
import type { DataSet, Figure, Point } from '../spec.ts';

/** Dots beyond this many would hide each other, and cost time: every n-th of them is drawn. Percentiles count all. */
const MAX_DOTS = 1500;
const MAX_ROWS = 500;
const SMALLEST_MS = 0.1;

/** How old each event was when the page had it, and what most of them stay under. */
export function latency(scope: ChartScope): Figure {
  const { channels, reports, from, to, palette, log } = scope;
  const names = new Map(reports.map((report) => [report.id, report]));
  const all = channels.flatMap((channel) => {
    const report = names.get(channel.id);
    const points = within(channel.latency, from, to);
    return report === undefined || points.length === 0 ? [] : [{ report, points }];
  });
  const delays = ascending(all.flatMap(({ points }) => points.map(({ y }) => y)));
  const step = Math.ceil(delays.length / MAX_DOTS);
  // From a millisecond to a minute on one chart; a clock that runs behind makes delays negative, which only a linear axis shows.
  const isLogarithmic = (delays[0] ?? 1) > 0;
  const dots = all.map(({ report, points }) => ({
    label: shortName(report),
    color: palette.transport(report.transport),
    points: points.filter((_, i) => i % step === 0),
  }));
  const marks = [0.5, 0.95].flatMap((q): DataSet[] => {
    const y = quantile(delays, q);
    if (y === null) return [];
    const ends = [from, to].map((ms) => ({ x: ms / 1000, y }));
    return [{ label: `p${q * 100}: ${duration(y)}`, color: palette.muted, points: ends, line: 'dashed' }];
  });
  return {
    spec: {
      type: 'scatter',
      sets: [...dots, ...marks],
      time: timeOf(scope),
      names: [],
      minTop: 1000,
      logFrom: isLogarithmic ? SMALLEST_MS : null,
      formatAmount: duration,
      formatTick: (ms) => (isLogarithmic && !Number.isInteger(Math.log10(ms)) ? '' : duration(ms)),
    },
    get table(): Figure['table'] {
      return {
        columns: [t('table_time'), t('timeline_channel'), t('latency')],
        rows: all
          .flatMap(({ report, points }) => points.map(({ x, y }) => ({ x, y, name: shortName(report) })))
          .sort((a, b) => b.x - a.x)
          .slice(0, MAX_ROWS)
          .map(({ x, y, name }) => [instantText(log, x * 1000), name, y]),
        format: (value) => (typeof value === 'number' ? duration(value) : String(value)),
      };
    },
  };
}

function within(
  { receivedAt, delayMs }: { receivedAt: number[]; delayMs: number[] },
  from: number,
  to: number,
): Point[] {
  const instants = { length: receivedAt.length, timeAt: (i: number) => receivedAt[i]! };
  const points: Point[] = [];
  for (let i = lowerBound(instants, from); i < receivedAt.length && receivedAt[i]! <= to; i++)
    points.push({ x: receivedAt[i]! / 1000, y: delayMs[i]! });
  return points;
}
