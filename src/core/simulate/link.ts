import { isHold } from '../classify/held.ts';
import { ascending, median, quantile } from '../metrics/statistics.ts';
import type { Estimate } from './estimate.ts';
import type { ChannelFacts } from './facts.ts';

/** measured on this channel or its origin · derived: bounded by what was measured · assumed: nothing told. */
export type Basis = 'measured' | 'derived' | 'assumed';

export interface Known {
  estimate: Estimate;
  basis: Basis;
}

/** Between near and far servers over land lines; within these bounds for nearly everybody, satellites aside. */
const ASSUMED_RTT: Estimate = { value: 50, low: 0, high: 1000 };

/** The round trip of a channel's origin, ms. Answers of the channel itself bound it where nothing measured it. */
export function roundTripOf({ rttMs, exchanges, connections }: ChannelFacts): Known {
  if (rttMs !== null) {
    const usual = median(quickWaits(exchanges, rttMs)) ?? rttMs;
    return { estimate: { value: rttMs, low: rttMs, high: Math.max(rttMs, usual) }, basis: 'measured' };
  }
  const waits = exchanges.flatMap(({ waitMs }) => (waitMs === null ? [] : [waitMs]));
  const openings = connections.flatMap(({ startedAt, openedAt }) => (openedAt === null ? [] : [openedAt - startedAt]));
  const quickest = quantile(ascending([...waits, ...openings]), 0);
  if (quickest === null) return { estimate: ASSUMED_RTT, basis: 'assumed' };
  const value = Math.min(quickest, ASSUMED_RTT.value);
  return { estimate: { value, low: 0, high: quickest }, basis: 'derived' };
}

/** What the server itself takes to answer, ms: waits beyond the round trip where nothing was held. */
export function serviceOf({ exchanges }: ChannelFacts, roundTrip: Estimate): Known {
  const services = ascending(quickWaits(exchanges, roundTrip.value).map((wait) => Math.max(wait - roundTrip.value, 0)));
  const value = median(services);
  if (value === null) return { estimate: { value: 0, low: 0, high: roundTrip.high }, basis: 'assumed' };
  return { estimate: { value, low: quantile(services, 0.1)!, high: quantile(services, 0.9)! }, basis: 'measured' };
}

const quickWaits = (exchanges: ChannelFacts['exchanges'], rttMs: number): number[] =>
  exchanges.flatMap(({ waitMs }) => (waitMs === null || isHold(waitMs, rttMs) ? [] : [waitMs]));
