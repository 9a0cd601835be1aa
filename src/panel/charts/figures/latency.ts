import type { LatencySamples } from '../../../core/metrics/latency.ts';
import { quantile } from '../../../core/metrics/statistics.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
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
  const all = channels.flatMap((channel): Span[] => {
    const report = names.get(channel.id);
    const span = spanOf(channel.latency, from, to);
    return report === undefined || span.start === span.end ? [] : [{ report, latency: channel.latency, ...span }];
  });
  const delays = sortedDelays(all);
  const step = Math.ceil(delays.length / MAX_DOTS);
  // From a millisecond to a minute on one chart; a clock that runs behind makes delays negative, which only a linear axis shows.
  const isLogarithmic = (delays[0] ?? 1) > 0;
  const dots = all.map((span) => ({
    label: shortName(span.report),
    color: palette.transport(span.report.transport),
    points: pointsOf(span, step),
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
          .flatMap((span) => pointsOf(span, 1).map(({ x, y }) => ({ x, y, name: shortName(span.report) })))
          .sort((a, b) => b.x - a.x)
          .slice(0, MAX_ROWS)
          .map(({ x, y, name }) => [instantText(log, x * 1000), name, y]),
        format: (value) => (typeof value === 'number' ? duration(value) : String(value)),
      };
    },
  };
}

/** The samples of a channel that lie in the stretch of time: from `start` up to `end`. */
interface Span {
  report: ChannelReport;
  latency: LatencySamples;
  start: number;
  end: number;
}

function spanOf({ receivedAt }: LatencySamples, from: number, to: number): { start: number; end: number } {
  const instants = { length: receivedAt.length, timeAt: (i: number) => receivedAt[i]! };
  const start = lowerBound(instants, from);
  let end = start;
  while (end < receivedAt.length && receivedAt[end]! <= to) end++;
  return { start, end };
}

/** Of all of them, without an object for each: there may be hundreds of thousands. */
function sortedDelays(spans: readonly Span[]): Float64Array {
  const delays = new Float64Array(spans.reduce((sum, { start, end }) => sum + end - start, 0));
  let n = 0;
  for (const { latency, start, end } of spans) for (let i = start; i < end; i++) delays[n++] = latency.delayMs[i]!;
  return delays.sort();
}

/** Every `step`-th of them. */
function pointsOf({ latency, start, end }: Span, step: number): Point[] {
  const points: Point[] = [];
  for (let i = start; i < end; i += step) points.push({ x: latency.receivedAt[i]! / 1000, y: latency.delayMs[i]! });
  return points;
}
