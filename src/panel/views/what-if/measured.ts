import type { Figure } from '../../../core/model.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { hourFactors } from '../../../core/simulate/ensemble.ts';
import type { MetricId } from '../../analysis/messages.ts';
import type { Store } from '../../store.ts';

/** What was counted of the same figures, as far as it was; `provenance` of bytes and latency. */
export type Measured = Partial<Record<MetricId, Figure>>;

/** Their first opening comes once, however long they last. */
const STREAMS: ReadonlySet<string | null> = new Set(['sse', 'http-stream', 'websocket']);

/** Figures of a report over the stretch that was simulated, an hour. Only polls are judged wasted or not. */
export function measuredOf(store: Store, report: ChannelReport, horizonMs: number): Measured {
  const { bytes, latency, requests, transport } = report;
  const { once, rest } = hourFactors(horizonMs);
  const anHour = (figure: Figure): Figure => scaled(figure, rest);
  // Of its openings the first has its share.
  const first = STREAMS.has(transport) && requests > 0 ? 1 / requests : 0;
  const ofHeads = first * once + (1 - first) * rest;
  const heads = (bytes.requestHeader.value ?? 0) + (bytes.responseHeader.value ?? 0);
  const wire = anHour(bytes.wire);
  const payload = bytes.payloadReceived.value === null ? bytes.payloadSent : bytes.payloadReceived;
  return {
    requestsPerHour: scaled(counted(requests), ofHeads),
    ...(report.connections === 0 ? { wastedPerHour: anHour(counted(report.wastedTotal)) } : {}),
    requestHeaderPerHour: scaled(bytes.requestHeader, ofHeads),
    responseHeaderPerHour: scaled(bytes.responseHeader, ofHeads),
    framingPerHour: anHour(bytes.framing),
    payloadPerHour: anHour({
      ...payload,
      value: payload.value === null ? null : (bytes.payloadReceived.value ?? 0) + (bytes.payloadSent.value ?? 0),
    }),
    bytesPerHour: { ...wire, value: wire.value === null ? null : wire.value - heads * (rest - ofHeads) },
    meanLatencyMs: { ...latency.p50, value: meanDelayMs(store, report.id) },
    p95LatencyMs: latency.p95,
  };
}

const counted = (value: number): Figure => ({ value, provenance: 'measured', plusMinus: 0 });

const scaled = ({ value, provenance, plusMinus }: Figure, by: number): Figure => ({
  value: value === null ? null : value * by,
  provenance,
  plusMinus: plusMinus === null ? null : plusMinus * by,
});

function meanDelayMs({ log }: Store, channelId: number): number | null {
  const delays = log.channels.find(({ id }) => id === channelId)?.latency.delayMs ?? [];
  return delays.length === 0 ? null : delays.reduce((sum, ms) => sum + ms, 0) / delays.length;
}
