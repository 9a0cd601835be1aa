import type { ComponentChildren } from 'preact';
import { addFigures } from '../../../core/metrics/figures.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { count, duration, figureBytes, figureTitle, percent, UNKNOWN_TEXT } from '../../words/numbers.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { transportName } from '../../words/transports.ts';
import { TransportBadge } from '../TransportBadge.tsx';

/** One column of the channel table: what it shows, what it sorts by, what its tooltip explains. */
export interface Column {
  id: string;
  title: MessageKey;
  help: MessageKey;
  number: boolean;
  sortBy: (channel: ChannelReport) => number | string;
  cell: (channel: ChannelReport) => { content: ComponentChildren; title?: string };
}

const header = ({ bytes }: ChannelReport) => addFigures(bytes.requestHeader, bytes.responseHeader);
const payload = ({ bytes }: ChannelReport) => addFigures(bytes.payloadSent, bytes.payloadReceived);
const isConnection = ({ connections }: ChannelReport) => connections > 0;
const judged = (channel: ChannelReport) => channel.useful + channel.wastedTotal;

/** Requests that only the network log saw: a worker's, for the most part. */
const NotHooked = () => (
  <span class="channels__tag" title={t('networkOnly_title')}>
    {t('networkOnly')}
  </span>
);

export const COLUMNS: readonly Column[] = [
  {
    id: 'transport',
    title: 'column_transport',
    help: 'column_transport_help',
    number: false,
    sortBy: ({ transport }) => transportName(transport),
    cell: ({ verdict }) => ({ content: <TransportBadge verdict={verdict} /> }),
  },
  {
    id: 'url',
    title: 'column_url',
    help: 'column_url_help',
    number: false,
    sortBy: ({ urlTemplate }) => urlTemplate,
    cell: ({ urlTemplate, sampleUrl, source }) => ({
      content: source === 'network' ? [<NotHooked key="tag" />, urlTemplate] : urlTemplate,
      title: sampleUrl,
    }),
  },
  {
    id: 'requests',
    title: 'column_requests',
    help: 'column_requests_help',
    number: true,
    sortBy: (c) => (isConnection(c) ? c.connections : c.exchanges),
    cell: (c) =>
      isConnection(c)
        ? { content: count(c.connections), title: t('requests_connections', count(c.openConnections)) }
        : {
            content: count(c.exchanges),
            title: t('requests_exchanges', count(c.inFlight), count(c.aborted), count(c.errors)),
          },
  },
  {
    id: 'messages',
    title: 'column_messages',
    help: 'column_messages_help',
    number: true,
    sortBy: ({ messages }) => messages.received + messages.sent,
    cell: (c) =>
      isConnection(c)
        ? {
            content: count(c.messages.received + c.messages.sent),
            title: t('messages_directions', count(c.messages.received), count(c.messages.sent)),
          }
        : { content: UNKNOWN_TEXT, title: t('messages_notApplicable') },
  },
  {
    id: 'wasted',
    title: 'column_wasted',
    help: 'column_wasted_help',
    number: true,
    sortBy: ({ wastedTotal }) => wastedTotal,
    cell: (c) => {
      if (isConnection(c) || judged(c) === 0) return { content: UNKNOWN_TEXT };
      const { empty, identical, volatileOnly, heldTimeout } = c.wasted;
      const title = t('wasted_kinds', count(empty), count(identical), count(volatileOnly), count(heldTimeout));
      const text = `${count(c.wastedTotal)} (${percent(c.wastedTotal / judged(c))})`;
      return { content: c.wastedTotal > 0 ? <span class="channels__wasted">{text}</span> : text, title };
    },
  },
  {
    id: 'header',
    title: 'column_header',
    help: 'column_header_help',
    number: true,
    sortBy: (c) => header(c).value ?? -1,
    cell: (c) => ({
      content: figureBytes(header(c)),
      title: `${figureTitle(header(c))}\n${t('reported_title', count(c.reported.exchanges), count(c.reported.of))}`,
    }),
  },
  {
    id: 'payload',
    title: 'column_payload',
    help: 'column_payload_help',
    number: true,
    sortBy: (c) => payload(c).value ?? -1,
    cell: (c) => ({ content: figureBytes(payload(c)), title: figureTitle(payload(c)) }),
  },
  {
    id: 'latency',
    title: 'column_latency',
    help: 'column_latency_help',
    number: true,
    sortBy: ({ latency }) => latency.p50.value ?? -1,
    cell: ({ latency }) => ({
      content: duration(latency.p50.value),
      title:
        latency.p50.value === null
          ? t('latency_unstamped')
          : t('latency_title', duration(latency.p95.value), duration(latency.max.value), count(latency.samples)),
    }),
  },
];
