import { unreachable } from '../../core/model.ts';
import type { AssumptionId } from '../../core/simulate/assumptions.ts';
import type { Basis } from '../../core/simulate/link.ts';
import type { Choice } from '../../core/simulate/world.ts';
import type { MetricId } from '../analysis/messages.ts';
import { decimal, scaledBytes } from './advice-numbers.ts';
import { duration } from './numbers.ts';
import { type MessageKey, t } from './t.ts';
import { transportName } from './transports.ts';

interface MetricWords {
  label: MessageKey;
  format: (n: number) => string;
}

const perSecond = (n: number): string => t('perSecond', scaledBytes(n));

export const METRICS: Record<MetricId, MetricWords> = {
  requestsPerHour: { label: 'whatif_requests', format: decimal },
  wastedPerHour: { label: 'whatif_wasted', format: decimal },
  requestHeaderPerHour: { label: 'whatif_requestHeader', format: scaledBytes },
  responseHeaderPerHour: { label: 'whatif_responseHeader', format: scaledBytes },
  framingPerHour: { label: 'whatif_framing', format: scaledBytes },
  payloadPerHour: { label: 'whatif_payload', format: scaledBytes },
  bytesPerHour: { label: 'whatif_bytes', format: scaledBytes },
  meanLatencyMs: { label: 'whatif_meanLatency', format: duration },
  p95LatencyMs: { label: 'whatif_p95Latency', format: duration },
  coalesced: { label: 'whatif_coalesced', format: decimal },
  lost: { label: 'whatif_lost', format: decimal },
  serverBytesPerSecond: { label: 'whatif_bandwidth', format: perSecond },
  serverRequestsPerSecond: { label: 'whatif_requestRate', format: (n) => t('perSecond', decimal(n)) },
  serverConnectionsHeld: { label: 'whatif_held', format: decimal },
  serverConnectionsIdle: { label: 'whatif_idle', format: decimal },
};

/** "every 4 s, 304", "held 25 s": the settings of a choice, next to its name. */
export function choiceText(choice: Choice): string {
  switch (choice.transport) {
    case 'polling': {
      const every = t('whatif_every', duration(choice.periodMs));
      return choice.conditional ? t('whatif_conditionally', every) : every;
    }
    case 'long-polling':
      return t('whatif_holds', duration(choice.timeoutMs));
    case 'sse':
      return '';
    case 'websocket':
      return choice.deflate ? t('whatif_deflated') : '';
    default:
      return unreachable(choice);
  }
}

export const choiceName = ({ transport }: Choice): string => transportName(transport);

const ASSUMPTIONS: Record<AssumptionId, MessageKey> = {
  rtt: 'whatif_assume_rtt',
  service: 'whatif_assume_service',
  sending: 'whatif_assume_sending',
  'client-gap': 'whatif_assume_clientGap',
  'keep-alive': 'whatif_assume_keepAlive',
  heartbeat: 'whatif_assume_heartbeat',
  'poll-request-head': 'whatif_assume_pollRequestHead',
  'poll-response-head': 'whatif_assume_pollResponseHead',
  'stream-request-head': 'whatif_assume_streamRequestHead',
  'stream-response-head': 'whatif_assume_streamResponseHead',
  'web-socket-request-head': 'whatif_assume_webSocketRequestHead',
  'web-socket-response-head': 'whatif_assume_webSocketResponseHead',
  envelope: 'whatif_assume_envelope',
  'empty-reply': 'whatif_assume_emptyReply',
  'event-fields': 'whatif_assume_eventFields',
  'event-payload': 'whatif_assume_eventPayload',
};
const IN_MS: readonly AssumptionId[] = ['rtt', 'service', 'sending', 'client-gap', 'keep-alive', 'heartbeat'];

export const assumptionText = (id: AssumptionId): string => t(ASSUMPTIONS[id]);
export const assumptionFormat = (id: AssumptionId): ((n: number) => string) =>
  IN_MS.includes(id) ? duration : scaledBytes;

const BASES: Record<Basis, MessageKey> = {
  measured: 'provenance_measured',
  derived: 'provenance_derived',
  assumed: 'whatif_assumed',
};

export const basisText = (basis: Basis): string => t(BASES[basis]);
