import type { Transport } from '../../core/model.ts';
import type { ChannelReport } from '../../core/session/report.ts';

/** A share (0 to 1), a count, or an amount in ms or bytes; null: unknown; undefined: there is nothing it could be of. */
export type Reading = number | null | undefined;

export type Unit = 'count' | 'ms' | 'bytes' | 'share';

export interface Metric {
  unit: Unit;
  /** Of one channel. */
  of(channel: ChannelReport): Reading;
  /** Of all of them. */
  total(channels: readonly ChannelReport[]): Reading;
  /** The same as a share, where it has one: `wasted<=30%` beside `wasted<=12`. */
  share?: Metric;
}

const isKnown = (reading: Reading): reading is number => typeof reading === 'number';
/** undefined when there is nothing to sum, null when none of it is known. */
const sumKnown = (readings: readonly Reading[]): Reading => {
  const known = readings.filter(isKnown);
  if (known.length === 0) return readings.includes(null) ? null : undefined;
  return known.reduce((sum, reading) => sum + reading, 0);
};
const ratio = (part: Reading, whole: Reading): Reading => {
  if (whole === 0 || whole === undefined || part === undefined) return undefined;
  return part === null || whole === null ? null : part / whole;
};

const count = (of: (channel: ChannelReport) => Reading): Metric => ({
  unit: 'count',
  of,
  total: (channels) => sumKnown(channels.map(of)),
});
const bytes = (of: (channel: ChannelReport) => Reading): Metric => ({ ...count(of), unit: 'bytes' });

/** A sum over a sum, so that a large channel weighs more than a small one. Channels that lack either are left out of both. */
const share = (part: (channel: ChannelReport) => Reading, whole: (channel: ChannelReport) => Reading): Metric => ({
  unit: 'share',
  of: (channel) => ratio(part(channel), whole(channel)),
  total(channels) {
    const known = channels.filter((channel) => isKnown(part(channel)) && isKnown(whole(channel)));
    if (known.length === 0)
      return channels.some((channel) => ratio(part(channel), whole(channel)) === null) ? null : undefined;
    return ratio(sumKnown(known.map(part)), sumKnown(known.map(whole)));
  },
});

/** Of all channels the slowest counts: a fast one does not make up for it. */
const slowest = (of: (channel: ChannelReport) => Reading): Metric => ({
  unit: 'ms',
  of,
  total(channels) {
    const known = channels.map(of).filter(isKnown);
    return known.length === 0 ? sumKnown(channels.map(of)) : Math.max(...known);
  },
});

const wasted = ({ wastedTotal }: ChannelReport) => wastedTotal;
const judged = ({ useful, wastedTotal }: ChannelReport) => useful + wastedTotal;
const headers = ({ bytes: { requestHeader, responseHeader } }: ChannelReport): Reading =>
  requestHeader.value === null || responseHeader.value === null ? null : requestHeader.value + responseHeader.value;
const wire = (channel: ChannelReport): Reading => channel.bytes.wire.value;
const payload = ({ bytes: { payloadSent, payloadReceived } }: ChannelReport): Reading =>
  payloadSent.value === null || payloadReceived.value === null ? null : payloadSent.value + payloadReceived.value;
const overhead = (channel: ChannelReport): Reading => {
  const [all, content] = [wire(channel), payload(channel)];
  return isKnown(all) && isKnown(content) ? Math.max(all - content, 0) : null;
};
/** In minutes; what lasted no time has no rate. */
const minutes = ({ startedAt, lastAt }: ChannelReport): Reading =>
  lastAt > startedAt ? (lastAt - startedAt) / 60_000 : null;

/** What a budget may be set on. */
export const METRICS: Record<string, Metric> = {
  wasted: { ...count(wasted), share: share(wasted, judged) },
  errors: {
    ...count(({ errors }) => errors),
    share: share(
      ({ errors }) => errors,
      ({ exchanges }) => exchanges,
    ),
  },
  'header-overhead': share(headers, wire),
  overhead: share(overhead, wire),
  'p50-latency': slowest(({ latency }) => latency.p50.value),
  'p95-latency': slowest(({ latency }) => latency.p95.value),
  'max-latency': slowest(({ latency }) => latency.max.value),
  requests: count(({ requests }) => requests),
  'requests-per-minute': {
    unit: 'count',
    of: (channel) => ratio(channel.requests, minutes(channel)),
    total(channels) {
      const from = Math.min(...channels.map(({ startedAt }) => startedAt));
      const to = Math.max(...channels.map(({ lastAt }) => lastAt));
      return ratio(
        sumKnown(channels.map(({ requests }) => requests)),
        channels.length === 0 ? undefined : (to - from) / 60_000,
      );
    },
  },
  reconnects: count(({ reconnects }) => reconnects),
  messages: count(({ messages }) => messages.sent + messages.received),
  'header-bytes': bytes(headers),
  'payload-bytes': bytes(payload),
  'wire-bytes': bytes(wire),
};

/** Transports on which news comes again and again: a single request is all header, and nobody would call that a fault. */
const ONGOING: ReadonlySet<Transport> = new Set([
  'polling',
  'long-polling',
  'sse',
  'http-stream',
  'websocket',
  'webtransport',
  'telemetry',
]);

/** Whether the amounts of a channel are held to a budget of channels. Budgets of the total are of all. */
export const isOngoing = ({ transport }: ChannelReport): boolean => transport !== null && ONGOING.has(transport);
