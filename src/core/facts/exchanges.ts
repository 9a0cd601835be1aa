import type { Channel } from '../channels.ts';
import type { Exchange } from '../model.ts';
import { labelsOfExchange } from '../rows/hints.ts';
import type { ExchangeFacts } from '../simulate/facts.ts';
import { itemsIn } from './items.ts';
import { networkFacts } from './network.ts';

/** `names`: the fields in which a server may say when an event happened. */
export function exchangeFacts(channel: Channel, exchange: Exchange, names: RegExp): ExchangeFacts {
  const { url, startedAt, respondedAt, endedAt, waitMs, outcome, worth, hidden, contentType, network } = exchange;
  const body = network?.body ?? null;
  const payloadBytes = exchange.responseBodyBytes ?? network?.contentBytes ?? null;
  const items =
    body === null || worth === 'empty' || worth === 'held-timeout' || worth === 'error'
      ? null
      : itemsIn(body, payloadBytes, endedAt ?? startedAt, names, () => labelsOfExchange(channel, exchange).received);
  return {
    url,
    startedAt,
    sentAt: network === null ? null : startedAt + network.blockedMs,
    respondedAt,
    endedAt,
    waitMs,
    outcome,
    // The page sees 200 where the wire said 304 and the cache answered.
    status: network?.status || exchange.status,
    worth,
    hidden,
    contentType,
    payloadBytes,
    requestBodyBytes: exchange.requestBodyBytes ?? network?.requestBodyBytes ?? null,
    items,
    network: network === null ? null : networkFacts(network),
  };
}
