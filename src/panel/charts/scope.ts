import type { Channel } from '../../core/channels.ts';
import type { ChannelReport } from '../../core/session/report.ts';
import type { Log } from '../../core/state.ts';
import { ticksOf } from '../../core/timeline/ticks.ts';
import { settings } from '../settings.ts';
import { instant, tickLabel } from '../words/times.ts';
import type { Palette } from './palette.ts';
import type { ChartSpec } from './spec.ts';

/** What the charts are about: these channels in this stretch of time (epoch ms). */
export interface ChartScope {
  log: Log;
  reports: readonly ChannelReport[];
  channels: readonly Channel[];
  from: number;
  to: number;
  /** A range was chosen; else it is the last minutes. */
  isRange: boolean;
  palette: Palette;
}

/** More bars no chart of this size shows. */
export const MAX_BINS = 120;
const CHART_PX = 360;
const LABEL_PX = 70;

/** The time axis of a chart over the scope, ticks at round times. */
export function timeOf({ log, from, to }: Pick<ChartScope, 'log' | 'from' | 'to'>): NonNullable<ChartSpec['time']> {
  const { timeFormat } = settings.peek();
  const { startedAt } = log;
  const { stepMs, at } = ticksOf({ from, to }, CHART_PX, LABEL_PX, timeFormat === 'relative' ? startedAt : 0);
  return {
    fromX: from / 1000,
    toX: to / 1000,
    ticks: at.map((ms) => ms / 1000),
    format: (x) => tickLabel(x * 1000, Math.max(stepMs, 1000), startedAt, timeFormat),
  };
}

/** An instant of a table: exact, however the axis rounds. */
export const instantText = (log: Log, at: number, fraction: 0 | 3 = 3): string =>
  instant(at, log.startedAt, settings.peek().timeFormat, fraction);
