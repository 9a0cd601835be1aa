import type { TimeRange } from '../range/report.ts';
import type { Log } from '../state.ts';
import { eventsIn } from './events-in.ts';

/** An event as one channel brought it. Epoch ms. */
export interface Delivery {
  key: string;
  /** When it happened, by the server's clock; null: it does not say. */
  at: number | null;
  receivedAt: number;
}

/** The newest payloads of a channel that are looked into: each is parsed. */
const MAX_PAYLOADS = 2000;

/** What a channel brought, and whether that is all of it: more than so many payloads are not looked into. */
export interface Deliveries {
  all: Delivery[];
  isWhole: boolean;
}

/** Oldest first: from the messages of a channel, and from the answers of its polls. `range`: of what came then alone. */
export function deliveriesOf(log: Log, channelId: number, range: TimeRange | null): Deliveries {
  const deliveries: Delivery[] = [];
  const take = (text: string, receivedAt: number, lastEventId: string) => {
    for (const { key, at } of eventsIn(text, receivedAt, lastEventId)) deliveries.push({ key, at, receivedAt });
  };
  const within = (at: number) => range === null || (at >= range.from && at <= range.to);

  const { messages, exchanges } = log.history;
  const sequence = messages.of(channelId);
  for (let i = Math.max(sequence.length - MAX_PAYLOADS, 0); i < sequence.length; i++) {
    const message = messages.get(sequence.at(i));
    if (message === null || message.direction === 'sent' || !within(message.at)) continue;
    if (typeof message.content === 'string') take(message.content, message.at, message.lastEventId);
  }
  for (const { streamed, network, endedAt } of exchanges.of(channelId).slice(-MAX_PAYLOADS)) {
    if (!streamed && endedAt !== null && network?.body && within(endedAt)) take(network.body, endedAt, '');
  }
  const kept = Math.max(sequence.length, exchanges.of(channelId).length);
  return { all: deliveries, isWhole: kept <= MAX_PAYLOADS && messages.first === 0 };
}
