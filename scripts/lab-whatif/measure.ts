import type { Tally } from '../../src/core/advise/weights.ts';
import type { Truth } from '../../test-server/truth.ts';
import type { Raced } from '../demo/race.ts';
import type { LabRecord } from './clients.ts';

/** What a transport cost in one playing, by prediction or in truth. */
export interface Cost {
  requests: number;
  bytes: number;
  meanLatencyMs: number;
  coalesced: number;
  lost: number;
  /** The same and what else the weights ask for. */
  tally: Tally;
}

const HOUR_MS = 3_600_000;

/** What the server's sockets carried, and when each event left them: on one machine that is when it arrives. */
export function measure(truth: Truth, record: LabRecord, technique: Raced): Cost {
  const counters = truth.techniques[technique];
  const arrived = new Set((record.arrivals[technique] ?? []).map(({ id }) => id));
  const latencies = truth.events.flatMap(({ id, emittedAt, written }) =>
    arrived.has(id) && written[technique] !== null ? [written[technique] - emittedAt] : [],
  );
  const bytes =
    counters.requestHeadBytes +
    counters.requestBodyBytes +
    counters.responseHeadBytes +
    counters.chunkFramingBytes +
    counters.bodyBytes +
    counters.frameHeaderBytesSent +
    counters.frameHeaderBytesReceived +
    counters.framePayloadBytesSent +
    counters.framePayloadBytesReceived;
  const coalesced = technique === 'polling' ? record.coalesced : 0;
  const lost = truth.events.length - latencies.length - coalesced;
  const heldMs = truth.exchanges
    .filter((exchange) => exchange.technique === technique)
    // What the server has not yet seen end was held to the last.
    .reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? record.leftAt) - startedAt, 0);
  const staleMs = latencies.reduce((sum, ms) => sum + ms, 0);
  return {
    requests: counters.requests,
    bytes,
    meanLatencyMs: staleMs / latencies.length,
    coalesced,
    lost,
    tally: { requests: counters.requests, bytes, staleMs, connectionHours: heldMs / HOUR_MS, lost },
  };
}
