import type { Transport } from '../../../core/model.ts';
import type { Palette } from '../../charts/palette.ts';
import type { ChartScope } from '../../charts/scope.ts';
import type { Store } from '../../store.ts';

/** To what the charts are narrowed, besides filter and range. */
export interface Only {
  channelId: number | null;
  transport: Transport | null;
  minutes: number;
}

/** What the charts are about now. Read without subscribing: charts are redrawn when they say so. */
export function scopeOf(store: Store, { channelId, transport, minutes }: Only, palette: Palette): ChartScope {
  const { log } = store;
  const shown = store.shown.peek();
  const isShown = (c: (typeof shown)[number]) =>
    channelId !== null ? c.id === channelId : transport === null || c.transport === transport;
  const reports = shown.filter(isShown);
  const ids = new Set(reports.map(({ id }) => id));
  const range = store.range.peek();
  const to = range?.to ?? endOf(store);
  return {
    log,
    reports,
    channels: log.channels.filter(({ id }) => ids.has(id)),
    from: range?.from ?? to - minutes * 60_000,
    to,
    isRange: range !== null,
    palette,
  };
}

/** Live: the newest input, a whole second; a file: its last event. */
function endOf({ log, opened }: Store): number {
  const end =
    opened.peek() === null ? log.now : log.channels.reduce((last, { lastAt }) => Math.max(last, lastAt), log.startedAt);
  return Math.ceil(end / 1000) * 1000;
}
