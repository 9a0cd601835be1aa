import { numberParam } from './http/params.ts';
import type { Scenario } from './scenario.ts';

/** What the race's page needs to know; embedded in it. */
export interface RaceClients {
  /** How long the clients stay. */
  seconds: number;
  pollIntervalMs: number;
  holdTimeoutMs: number;
}

/** The schedule ends this long before the clients leave, so that the last event still finds them. */
const QUIET_END_MS = 400;

/** Reads `seconds interval timeout` of the race. @throws HttpError 400 */
export function raceFromParams(params: URLSearchParams): { clients: RaceClients; scenario: Partial<Scenario> } {
  const seconds = numberParam(params, 'seconds', { default: 20, min: 1, max: 3600 });
  return {
    clients: {
      seconds,
      pollIntervalMs: numberParam(params, 'interval', { default: 1000, min: 20, max: 60_000 }),
      holdTimeoutMs: numberParam(params, 'timeout', { default: 5000, min: 50, max: 120_000 }),
    },
    scenario: {
      durationMs: Math.max(0, seconds * 1000 - QUIET_END_MS),
      startWhen: ['polling', 'long-polling', 'sse', 'websocket'],
    },
  };
}
