import { addFigures } from '../../../core/metrics/figures.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { shortName } from '../../words/channel.ts';
import { bytes } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import type { ChartScope } from '../scope.ts';
import type { Figure } from '../spec.ts';

const MOST = 8;

const PARTS = [
  {
    label: 'headers',
    color: 'header',
    of: (c: ChannelReport) => addFigures(c.bytes.requestHeader, c.bytes.responseHeader),
  },
  { label: 'framing', color: 'framing', of: (c: ChannelReport) => c.bytes.framing },
  {
    label: 'payload',
    color: 'payload',
    of: (c: ChannelReport) => addFigures(c.bytes.payloadSent, c.bytes.payloadReceived),
  },
] as const;

/** Where the bytes went: headers, framing, payload of the channels that moved most. */
export function bytesByChannel({ reports, palette }: ChartScope): Figure {
  const total = (c: ChannelReport) => PARTS.reduce((sum, { of }) => sum + (of(c).value ?? 0), 0);
  const most = reports.toSorted((a, b) => total(b) - total(a)).slice(0, MOST);
  const names = most.map((channel) => shortName(channel));
  return {
    spec: {
      type: 'ranked',
      sets: PARTS.map(({ label, color, of }) => ({
        label: t(label),
        color: palette[color],
        points: most.map((channel, y) => ({ x: Math.max(of(channel).value ?? 0, 0), y })),
      })),
      time: null,
      names,
      minTop: 1000,
      logFrom: null,
      formatAmount: bytes,
    },
    get table(): Figure['table'] {
      return {
        columns: [t('timeline_channel'), ...PARTS.map(({ label }) => t(label)), t('bytes_wire')],
        rows: reports.map((channel) => [
          `${channel.method} ${channel.sampleUrl}`,
          ...PARTS.map(({ of }) => of(channel).value),
          channel.bytes.wire.value,
        ]),
        format: (value) => (typeof value === 'string' ? value : bytes(value)),
      };
    },
  };
}
