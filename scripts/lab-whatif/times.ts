import { inferEvents } from '../../src/core/simulate/events.ts';
import type { ChannelFacts, SessionFacts } from '../../src/core/simulate/facts.ts';
import type { Truth } from '../../test-server/truth.ts';

/** How many events of a polling channel really happened within the interval that was inferred without their stamps. */
export function timesWithin(
  channel: ChannelFacts,
  session: SessionFacts,
  truth: Truth,
): { within: number; of: number } {
  // Two polls under way at once bring the same events: what is told twice is still known by its id.
  let newest = -Infinity;
  const exchanges = channel.exchanges.map((exchange) => {
    const fresh = exchange.items?.filter(({ stamp }) => stamp! > newest) ?? [];
    newest = Math.max(newest, ...fresh.map(({ stamp }) => stamp!));
    const isRepeat = exchange.worth === 'useful' && fresh.length === 0;
    return {
      ...exchange,
      worth: isRepeat ? ('identical' as const) : exchange.worth,
      items: fresh.length === 0 ? null : fresh.map((item) => ({ ...item, stamp: null })),
    };
  });
  const blind: ChannelFacts = { ...channel, clock: null, exchanges };
  const inferred = inferEvents(blind, { ...session, channels: [blind] })?.events ?? [];
  // A poll lists what it brings in order, so the n-th inferred is the n-th that happened.
  const within = truth.events.filter(({ emittedAt }, i) => {
    const event = inferred[i];
    return event !== undefined && event.earliestAt <= emittedAt && emittedAt <= event.latestAt;
  });
  return { within: within.length, of: truth.events.length };
}
