import { bytesOf, HOUR_MS, perHour, requestsOf } from './ensemble.ts';
import type { Played } from './world.ts';

/** What so many clients together ask of the server. */
export interface ServerLoad {
  clients: number;
  bytesPerSecond: number;
  requestsPerSecond: number;
  /** On average, in use and idle. */
  connectionsHeld: number;
  connectionsIdle: number;
}

/** The populations that the slider and the tables stop at. */
export const CLIENT_LADDER = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000] as const;

/** Clients add up: each costs what one costs, and nobody's requests are in step with another's. */
export function atScale(played: Played, horizonMs: number, clients: number): ServerLoad {
  const perSecond = (figure: (played: Played) => number) =>
    (perHour(figure, horizonMs)(played) * clients * 1000) / HOUR_MS;
  return {
    clients,
    bytesPerSecond: perSecond(bytesOf),
    requestsPerSecond: perSecond(requestsOf),
    connectionsHeld: played.connectionsHeld * clients,
    connectionsIdle: played.connectionsIdle * clients,
  };
}
