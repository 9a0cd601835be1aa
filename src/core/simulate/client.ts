import { ascending, quantile } from '../metrics/statistics.ts';
import type { Estimate } from './estimate.ts';
import type { ChannelFacts, ExchangeFacts } from './facts.ts';

/*
 * What a browser and its page take around a request, ms: no part of the round trip, but a long poll cannot ask again before.
 * Over a fast network it is most of the time in which nobody asks.
 */

/** From the page's call to the request's leaving, as the channel's own requests show; null where none was seen on the wire. */
export function sendingOf({ exchanges }: ChannelFacts): Estimate | null {
  return usual(
    exchanges.filter(isAnswered).flatMap(({ startedAt, sentAt }) => (sentAt === null ? [] : [sentAt - startedAt])),
  );
}

/**
 * From an answer's arrival at the browser to the next call of a page that asks again at once: as long polls show it, or as long
 * as the content of the channel's answers took to reach the page. Null where no request was answered.
 */
export function clientGapOf({ transport, exchanges }: ChannelFacts): Estimate | null {
  return usual(
    exchanges.flatMap((exchange, i) => {
      const until = transport === 'long-polling' ? exchanges[i + 1]?.startedAt : exchange.endedAt;
      return !isAnswered(exchange) || until == null ? [] : [Math.max(until - arrivalOf(exchange), 0)];
    }),
  );
}

const isAnswered = ({ outcome, waitMs }: ExchangeFacts): boolean => outcome === 'done' && waitMs !== null;

const arrivalOf = ({ startedAt, sentAt, waitMs }: ExchangeFacts): number => (sentAt ?? startedAt) + waitMs!;

/** The median between the tenth from either end: a page asleep and a queue of six connections are no part of it. */
function usual(times: readonly number[]): Estimate | null {
  const sorted = ascending(times);
  const value = quantile(sorted, 0.5);
  return value === null ? null : { value, low: quantile(sorted, 0.1)!, high: quantile(sorted, 0.9)! };
}
