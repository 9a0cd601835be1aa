import type { ComponentChildren } from 'preact';
import { type ChannelState, stateOf } from '../../../core/channel-state.ts';
import { addFigures } from '../../../core/metrics/figures.ts';
import { WORKER_FRAME_ID } from '../../../core/model.ts';
import { displayName } from '../../../core/protocols/protocols.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { shortPath } from '../../words/channel.ts';
import { count, duration, figureBytes, figureTitle, percent, UNKNOWN_TEXT } from '../../words/numbers.ts';
import { stateText } from '../../words/states.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { transportName } from '../../words/transports.ts';
import { TransportBadge } from '../TransportBadge.tsx';
import { Sparkline } from './Sparkline.tsx';

/** One column of the channel table: what it shows, what it sorts by, what its tooltip explains. */
export interface Column {
  id: string;
  title: MessageKey;
  help: MessageKey;
  number: boolean;
  /** In CSS pixels, before anybody drags it. The address takes what is left. */
  width: number;
  /** Where room is short, those with the highest go first; 0 stays. */
  yields: number;
  sortBy: (channel: ChannelReport, store: Store) => number | string;
  cell: (channel: ChannelReport, store: Store) => { content: ComponentChildren; title?: string };
}

const header = ({ bytes }: ChannelReport) => addFigures(bytes.requestHeader, bytes.responseHeader);
const payload = ({ bytes }: ChannelReport) => addFigures(bytes.payloadSent, bytes.payloadReceived);
const judged = (channel: ChannelReport) => channel.useful + channel.wastedTotal;
const stateIn = (channel: ChannelReport, store: Store): ChannelState =>
  stateOf(channel, store.connections.get(channel.id) ?? [], store.log.now);
const protocolOf = ({ protocol, subprotocol }: ChannelReport): string =>
  protocol === null ? (subprotocol ?? '') : displayName(protocol);

/** Requests that only the network log saw are a worker's, for the most part; those of deep capture always. */
function WorkerTag({ channel: { frame, source } }: { channel: ChannelReport }) {
  const isWorker = frame?.frameId === WORKER_FRAME_ID;
  if (!isWorker && source !== 'network') return null;
  return (
    <span class="channels__tag" title={isWorker ? `${t('deep_title')}\n${frame.url}` : t('networkOnly_title')}>
      {t('networkOnly')}
    </span>
  );
}

const latencyColumn = (which: 'p50' | 'p95', yields: number): Column => ({
  id: which,
  title: which === 'p50' ? 'column_p50' : 'column_p95',
  help: which === 'p50' ? 'column_p50_help' : 'column_p95_help',
  number: true,
  width: which === 'p50' ? 98 : 76,
  yields,
  sortBy: ({ latency }) => latency[which].value ?? -1,
  cell: ({ latency }) => ({
    content: duration(latency[which].value),
    title:
      latency.p50.value === null
        ? t('latency_unstamped')
        : t('latency_title', duration(latency.p95.value), duration(latency.max.value), count(latency.samples)),
  }),
});

const bytesColumn = (id: string, title: MessageKey, help: MessageKey, yields: number, of: typeof header): Column => ({
  id,
  title,
  help,
  number: true,
  width: 84,
  yields,
  sortBy: (c) => of(c).value ?? -1,
  cell: (c) => ({
    content: figureBytes(of(c)),
    title: `${figureTitle(of(c))}\n${t('reported_title', count(c.reported.exchanges), count(c.reported.of))}`,
  }),
});

export const COLUMNS: readonly Column[] = [
  {
    id: 'transport',
    title: 'column_transport',
    help: 'column_transport_help',
    number: false,
    width: 142,
    yields: 0,
    sortBy: ({ transport }) => transportName(transport),
    cell: ({ verdict }) => ({ content: <TransportBadge verdict={verdict} withConfidence /> }),
  },
  {
    id: 'url',
    title: 'column_url',
    help: 'column_url_help',
    number: false,
    width: 0,
    yields: 0,
    sortBy: ({ urlTemplate }) => urlTemplate,
    cell: (channel) => ({
      content: [<WorkerTag key="tag" channel={channel} />, shortPath(channel)],
      title: `${channel.method} ${channel.sampleUrl}`,
    }),
  },
  {
    id: 'protocol',
    title: 'column_protocol',
    help: 'column_protocol_help',
    number: false,
    width: 96,
    yields: 6,
    sortBy: protocolOf,
    cell: (channel) => ({ content: protocolOf(channel) || UNKNOWN_TEXT, title: channel.httpVersion ?? '' }),
  },
  {
    id: 'activity',
    title: 'column_activity',
    help: 'column_activity_help',
    number: false,
    width: 92,
    yields: 3,
    sortBy: ({ lastAt }) => lastAt,
    cell: ({ id }, store) => ({ content: <Sparkline channelId={id} store={store} /> }),
  },
  {
    id: 'requests',
    title: 'column_requests',
    help: 'column_requests_help',
    number: true,
    width: 74,
    yields: 1,
    sortBy: ({ requests }) => requests,
    cell: (c) => ({
      content: count(c.requests),
      title:
        c.connections > 0
          ? t('requests_connections', count(c.openConnections))
          : t('requests_exchanges', count(c.inFlight), count(c.aborted), count(c.errors)),
    }),
  },
  {
    id: 'messages',
    title: 'column_messages',
    help: 'column_messages_help',
    number: true,
    width: 80,
    yields: 4,
    sortBy: ({ messages }) => messages.received + messages.sent,
    cell: ({ messages }) => ({
      content: count(messages.received + messages.sent),
      title: t('messages_directions', count(messages.received), count(messages.sent)),
    }),
  },
  {
    id: 'wasted',
    title: 'column_wasted',
    help: 'column_wasted_help',
    number: true,
    width: 88,
    yields: 0,
    sortBy: ({ wastedTotal }) => wastedTotal,
    cell: (c) => {
      if (judged(c) === 0) return { content: UNKNOWN_TEXT };
      const { empty, identical, volatileOnly, heldTimeout } = c.wasted;
      const title = t('wasted_kinds', count(empty), count(identical), count(volatileOnly), count(heldTimeout));
      const text = `${count(c.wastedTotal)} (${percent(c.wastedTotal / judged(c))})`;
      return { content: c.wastedTotal > 0 ? <span class="channels__wasted">{text}</span> : text, title };
    },
  },
  bytesColumn('header', 'column_header', 'column_header_help', 5, header),
  bytesColumn('payload', 'column_payload', 'column_payload_help', 5, payload),
  {
    id: 'overhead',
    title: 'column_overhead',
    help: 'column_overhead_help',
    number: true,
    width: 80,
    yields: 7,
    sortBy: ({ overheadRatio }) => overheadRatio ?? -1,
    cell: ({ overheadRatio }) => ({ content: percent(overheadRatio) }),
  },
  latencyColumn('p50', 4),
  latencyColumn('p95', 2),
  {
    id: 'state',
    title: 'column_state',
    help: 'column_state_help',
    number: false,
    width: 104,
    yields: 3,
    sortBy: (channel, store) => stateText(stateIn(channel, store)),
    cell: (channel, store) => {
      const state = stateIn(channel, store);
      const hidden = isHidden(channel, store);
      const text = hidden ? t('state_hidden', stateText(state)) : stateText(state);
      return { content: <span class={`state state--${state}`}>{text}</span>, title: text };
    },
  },
];

/** Whether the page that owns the channel is hidden now. */
function isHidden({ id }: ChannelReport, { log }: Store): boolean {
  const documentKey = log.channels.find((channel) => channel.id === id)?.documentKey;
  return log.documents.get(documentKey ?? '')?.visibility.at(-1)?.hidden === true;
}
