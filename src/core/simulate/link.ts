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

/**
 * What the server itself takes to answer, ms: waits beyond the round trip where nothing was held. A long poll waits for news
 * however short that is, so that the quickest answer, or the one that came soonest after its event, says what the server takes at most.
 */
export function serviceOf(channel: ChannelFacts, roundTrip: Estimate): Known {
  const beyond = ascending(
    quickWaits(channel.exchanges, roundTrip.value).map((wait) => Math.max(wait - roundTrip.value, 0)),
  );
  const unknown: Known = { estimate: { value: 0, low: 0, high: roundTrip.high }, basis: 'assumed' };
  if (channel.transport === 'long-polling') {
    const soonest = quantile(ascending([...beyond, ...afterNews(channel, roundTrip.value)]), 0);
    return soonest === null ? unknown : { estimate: { value: soonest, low: 0, high: soonest }, basis: 'measured' };
  }
  const value = median(beyond);
  if (value === null) return unknown;
  return { estimate: { value, low: quantile(beyond, 0.1)!, high: quantile(beyond, 0.9)! }, basis: 'measured' };
}

/** How long after the newest event that they tell of answers left, ms; what is not stamped tells nothing. */
const afterNews = ({ exchanges, clock }: ChannelFacts, rttMs: number): number[] =>
  exchanges.flatMap(({ startedAt, sentAt, waitMs, items }) => {
    const stamp = items?.at(-1)?.stamp ?? null;
    if (clock === null || stamp === null || waitMs === null) return [];
    return [Math.max((sentAt ?? startedAt) + waitMs - rttMs / 2 - (stamp - clock.offsetMs), 0)];
  });

/** The quantile that is taken for a way without queues, METRICS' round-trip baseline. */
const BASELINE = 0.1;
/** Fewer stamped messages may all have met the same delay on the way. */
const MIN_STAMPED = 5;

/**
 * The way from the server to the page, ms, where stamps tell it: what a stream pushes leaves when it happens. Null without a
 * known clock or enough stamped messages. Like the round trip, of which it is a part, it is what nearly every message takes
 * at least (p10): what comes on top are queues, a stream's replays and a busy page, which may be as much as at the median.
 */
export function wayDownOf({ messages, clock }: ChannelFacts): Estimate | null {
  if (clock === null) return null;
  const delays = messages.flatMap(({ at, direction, items }) => {
    const stamp = direction === 'received' && items?.length === 1 ? items[0]!.stamp : null;
    return stamp === null ? [] : [at - (stamp - clock.offsetMs)];
  });
  const sorted = ascending(delays);
  const value = quantile(sorted, BASELINE);
  if (value === null || value < 0 || delays.length < MIN_STAMPED) return null;
  return { value, low: Math.max(value - clock.errorMs, 0), high: median(sorted)! + clock.errorMs };
}

const quickWaits = (exchanges: ChannelFacts['exchanges'], rttMs: number): number[] =>
  exchanges.flatMap(({ waitMs }) => (waitMs === null || isHold(waitMs, rttMs) ? [] : [waitMs]));
