/**
 * What theory expects of Poisson events at `eventsPerMs` over each transport. Times in ms; derived for an unbounded horizon.
 * The simulator must agree within one percent on long runs; where it cannot (few events), these tell the mean.
 */

export interface ExpectedPolling {
  requestsPerMs: number;
  /** Of all requests. */
  wastedShare: number;
  eventsPerUseful: number;
  /** Of all events, when only the state as it is is asked for. */
  coalescedShare: number;
  meanLatencyMs: number;
}

/** `afterReadMs`: from reading to arrival, service and way down. */
export function expectPolling(eventsPerMs: number, periodMs: number, afterReadMs: number): ExpectedPolling {
  const perPeriod = eventsPerMs * periodMs;
  const usefulShare = -Math.expm1(-perPeriod);
  return {
    requestsPerMs: 1 / periodMs,
    wastedShare: 1 - usefulShare,
    eventsPerUseful: perPeriod / usefulShare,
    coalescedShare: 1 - usefulShare / perPeriod,
    meanLatencyMs: periodMs / 2 + afterReadMs,
  };
}

/** Events a fixed `eventPeriodMs` apart, Bozdag et al. 2007. */
export const expectRegularPolling = (eventPeriodMs: number, periodMs: number) => ({
  wastedShare: Math.max(1 - periodMs / eventPeriodMs, 0),
  coalescedShare: Math.max(1 - eventPeriodMs / periodMs, 0),
});

/** The latency under which a share `q` of polled events stays. */
export const pollingLatencyQuantileMs = (q: number, periodMs: number, afterReadMs: number): number =>
  q * periodMs + afterReadMs;

export interface ExpectedLongPolling {
  requestsPerMs: number;
  wastedShare: number;
  meanLatencyMs: number;
  maxLatencyMs: number;
}

/** `turnaroundMs`: from one answer's departure to the next request's arrival, in which nobody asks: up, down, gap and service. */
export function expectLongPolling(
  eventsPerMs: number,
  timeoutMs: number,
  turnaroundMs: number,
  afterReadMs: number,
): ExpectedLongPolling {
  const waitMs =
    eventsPerMs === 0
      ? timeoutMs
      : (Math.exp(-eventsPerMs * turnaroundMs) * -Math.expm1(-eventsPerMs * timeoutMs)) / eventsPerMs;
  const cycleMs = turnaroundMs + waitMs;
  return {
    requestsPerMs: 1 / cycleMs,
    wastedShare: Math.exp(-eventsPerMs * (turnaroundMs + timeoutMs)),
    meanLatencyMs: afterReadMs + turnaroundMs ** 2 / (2 * cycleMs),
    maxLatencyMs: turnaroundMs + afterReadMs,
  };
}

/** SSE and WebSocket; `drops` as in the simulator, null for a connection that stands. */
export function expectStream(
  afterReadMs: number,
  drops: { everyMs: number; outageMs: number; replay: boolean } | null,
): { meanLatencyMs: number; lostShare: number } {
  if (drops === null) return { meanLatencyMs: afterReadMs, lostShare: 0 };
  const { everyMs, outageMs, replay } = drops;
  const cycleMs = everyMs + outageMs;
  return replay
    ? { meanLatencyMs: afterReadMs + outageMs ** 2 / (2 * cycleMs), lostShare: 0 }
    : { meanLatencyMs: afterReadMs, lostShare: outageMs / cycleMs };
}

/** The longest period whose mean latency stays within a target; 0 where no polling can reach it. */
export const periodForLatencyMs = (meanLatencyMs: number, afterReadMs: number): number =>
  Math.max(2 * (meanLatencyMs - afterReadMs), 0);

/** The shortest period of which no more than `wastedShare` of the requests bring nothing; Infinity without events. */
export const periodForWasteMs = (wastedShare: number, eventsPerMs: number): number =>
  -Math.log(wastedShare) / eventsPerMs;
