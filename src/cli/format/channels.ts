import type { ChannelReport } from '../../core/session/report.ts';
import { type Column, grid, markdownTable } from './grid.ts';
import { bytes, duration, figure, NONE, percent } from './numbers.ts';

const COLUMNS: (Column & { of(channel: ChannelReport): string })[] = [
  {
    title: 'transport',
    align: 'left',
    of: ({ transport, verdict }) =>
      `${transport ?? 'undecided'}${transport !== null && verdict.provisional ? ' ?' : ''}`,
  },
  { title: 'method', align: 'left', of: ({ method }) => method },
  {
    title: 'url',
    align: 'left',
    of: ({ urlTemplate, operation }) => urlTemplate + (operation === null ? '' : ` ${operation}`),
  },
  { title: 'protocol', align: 'left', of: ({ protocol }) => protocol ?? NONE },
  { title: 'requests', align: 'right', of: ({ requests }) => String(requests) },
  { title: 'messages', align: 'right', of: ({ messages }) => `${messages.received} ↓ ${messages.sent} ↑` },
  { title: 'wasted', align: 'right', of: wasted },
  {
    title: 'headers',
    align: 'right',
    of: ({ bytes: { requestHeader, responseHeader } }) => sum(requestHeader, responseHeader),
  },
  {
    title: 'payload',
    align: 'right',
    of: ({ bytes: { payloadSent, payloadReceived } }) => sum(payloadSent, payloadReceived),
  },
  { title: 'latency p95', align: 'right', of: ({ latency }) => figure(latency.p95, duration) },
  {
    title: 'sure',
    align: 'right',
    of: ({ verdict }) => (verdict.transport === null ? NONE : percent(verdict.confidence)),
  },
];

function wasted({ useful, wastedTotal }: ChannelReport): string {
  return useful + wastedTotal === 0 ? NONE : `${wastedTotal} (${percent(wastedTotal / (useful + wastedTotal))})`;
}

type Figure = ChannelReport['bytes']['wire'];

function sum(a: Figure, b: Figure): string {
  if (a.value === null || b.value === null) return NONE;
  const provenance = [a, b].some(({ provenance }) => provenance === 'estimated') ? 'estimated' : 'derived';
  return figure({ value: a.value + b.value, provenance, plusMinus: null }, bytes);
}

const rowsOf = (channels: readonly ChannelReport[]): string[][] =>
  channels.map((channel) => COLUMNS.map(({ of }) => of(channel)));

const LEGEND = '? provisional · ≈ estimated · – unknown, or nothing of the kind';
const EMPTY = 'No channels: nothing of what was recorded can bring news.';

/** A table for a terminal of `width` columns; null: as wide as it is. */
export const channelGrid = (channels: readonly ChannelReport[], width: number | null): string =>
  channels.length === 0 ? EMPTY : `${grid(COLUMNS, rowsOf(channels), width)}\n${LEGEND}`;

export const channelMarkdown = (channels: readonly ChannelReport[]): string =>
  channels.length === 0 ? EMPTY : `${markdownTable(COLUMNS, rowsOf(channels))}\n\n${LEGEND}`;
