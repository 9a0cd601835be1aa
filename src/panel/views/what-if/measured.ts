import type { Figure } from '../../../core/model.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { HOUR_MS } from '../../../core/simulate/ensemble.ts';
import type { MetricId } from '../../analysis/messages.ts';
import type { Store } from '../../store.ts';

/** What was counted of the same figures, as far as it was; `provenance` of bytes and latency. */
export type Measured = Partial<Record<MetricId, Figure>>;

/** Figures of a report over the stretch that was simulated, an hour. Only polls are judged wasted or not. */
export function measuredOf(store: Store, report: ChannelReport, horizonMs: number): Measured {
  const scale = (n: number | null) => (n === null ? null : (n * HOUR_MS) / horizonMs);
  const anHour = ({ value, provenance, plusMinus }: Figure): Figure => ({
    value: scale(value),
    provenance,
    plusMinus: scale(plusMinus),
  });
  const counted = (value: number): Figure => anHour({ value, provenance: 'measured', plusMinus: 0 });
  const { bytes, latency } = report;
  const payload = bytes.payloadReceived.value === null ? bytes.payloadSent : bytes.payloadReceived;
  return {
    requestsPerHour: counted(report.requests),
    ...(report.connections === 0 ? { wastedPerHour: counted(report.wastedTotal) } : {}),
    requestHeaderPerHour: anHour(bytes.requestHeader),
    responseHeaderPerHour: anHour(bytes.responseHeader),
    framingPerHour: anHour(bytes.framing),
    payloadPerHour: anHour({
      ...payload,
      value: payload.value === null ? null : (bytes.payloadReceived.value ?? 0) + (bytes.payloadSent.value ?? 0),
    }),
    bytesPerHour: anHour(bytes.wire),
    meanLatencyMs: { ...latency.p50, value: meanDelayMs(store, report.id) },
    p95LatencyMs: latency.p95,
  };
}

function meanDelayMs({ log }: Store, channelId: number): number | null {
  const delays = log.channels.find(({ id }) => id === channelId)?.latency.delayMs ?? [];
  return delays.length === 0 ? null : delays.reduce((sum, ms) => sum + ms, 0) / delays.length;
}
