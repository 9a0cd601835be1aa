import { HOUR_MS, meanLatencyMs, perHour } from '../simulate/ensemble.ts';
import { type Played, totalBytes } from '../simulate/world.ts';

/** What things cost, in points: one point is what one HTTP request costs server, network and battery. */
export interface Weights {
  request: number;
  byte: number;
  /** One event that arrives a second late. */
  staleSecond: number;
  /** One connection held for an hour. */
  connectionHour: number;
  /** One event that never arrives. */
  lostEvent: number;
}

/**
 * byte: what fits a server's first flight, ten segments of 1460 bytes (RFC 6928), costs no more round trips than an empty
 * answer; as much again costs a request. staleSecond: to know ten seconds sooner is worth one more request, which makes polling
 * every 4 s right for an event a second, every 15 s for six a minute. connectionHour: a connection that is held costs what a
 * request a minute does, so that a stream is worth it from an event in a quarter of an hour on. lostEvent: as bad as one that
 * comes ten minutes late.
 */
export const DEFAULT_WEIGHTS: Weights = {
  request: 1,
  byte: 1 / (10 * 1460),
  staleSecond: 0.1,
  connectionHour: 60,
  lostEvent: 60,
};

/** What was counted, by a simulation or by a server. */
export interface Tally {
  requests: number;
  bytes: number;
  /** Sum over all events that arrived. */
  staleMs: number;
  connectionHours: number;
  lost: number;
}

export const pointsOf = (tally: Tally, weights: Weights): number =>
  tally.requests * weights.request +
  tally.bytes * weights.byte +
  (tally.staleMs / 1000) * weights.staleSecond +
  tally.connectionHours * weights.connectionHour +
  tally.lost * weights.lostEvent;

export const tallyOf = (played: Played, horizonMs: number): Tally => ({
  requests: played.requests + played.sends,
  bytes: totalBytes(played.bytes),
  staleMs: (meanLatencyMs(played) ?? 0) * played.latenciesMs.length,
  connectionHours: (played.connectionsHeld * horizonMs) / HOUR_MS,
  lost: played.lost,
});

/** Points an hour of one simulation. */
export const pointsPerHour = (weights: Weights, horizonMs: number): ((played: Played) => number) =>
  perHour((played) => pointsOf(tallyOf(played, horizonMs), weights), horizonMs);
