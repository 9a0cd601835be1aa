import type { Exchange } from '../model.ts';
import type { Label } from '../protocols/protocol.ts';
import type { Message } from '../store/messages.ts';
import type { ChannelFacts } from './facts.ts';

/** The labels of a message or body, decoded only when a filter asks. */
export type Labels = () => readonly Label[];

export interface RowTest {
  message(message: Message, labels: Labels): boolean;
  exchange(exchange: Exchange, labels: Labels): boolean;
}

/**
 * One term of a filter. Where it is about rows, a channel is listed when some row of it may be shown, so that the list leads to
 * what is sought.
 */
export type Condition =
  | { about: 'channel'; channel(facts: ChannelFacts): boolean }
  | {
      about: 'rows';
      /** Some row of the channel meets it. */
      some(facts: ChannelFacts): boolean;
      /** All of them do, as far as can be told without looking at each. */
      all(facts: ChannelFacts): boolean;
      /** Made once per channel, for many rows. */
      of(facts: ChannelFacts): RowTest;
    };

export const aboutChannel = (channel: (facts: ChannelFacts) => boolean): Condition => ({ about: 'channel', channel });

/** A term that requests meet; messages meet it when the handshake that began their stream does. */
export const aboutExchanges = (
  exchange: (exchange: Exchange) => boolean,
  handshake: (facts: ChannelFacts) => boolean,
): Condition => ({
  about: 'rows',
  some: (facts) => handshake(facts) || facts.exchanges().some(exchange),
  all: (facts) => (facts.report.connections > 0 ? handshake(facts) : facts.exchanges().every(exchange)),
  of: (facts) => {
    const ofMessages = handshake(facts);
    return { message: () => ofMessages, exchange };
  },
});

/** Something in the channel is shown that meets the term, or with `negated` does not. */
export function isListed(condition: Condition, negated: boolean, facts: ChannelFacts): boolean {
  if (condition.about === 'channel') return condition.channel(facts) !== negated;
  return negated ? !condition.all(facts) : condition.some(facts);
}
