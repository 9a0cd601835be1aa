import { countFraming, countPayload } from './channel-counts.ts';
import { recognisePayload } from './channel-protocol.ts';
import { countWorth } from './channel-worth.ts';
import type { Channel } from './channels.ts';
import { finishStream } from './exchanges/streams.ts';
import { rttMs } from './metrics/rtt.ts';
import type { Exchange, NetworkEntry } from './model.ts';
import type { KnownExchange, Log } from './state.ts';

/** An exchange is over: its answer is compared with those before it, so it takes its place among its channel's. */
export function awaitJudgement(known: KnownExchange): void {
  known.channel.unjudged.push(known);
}

/**
 * Both sources have spoken, or one never will: what did it bring? Answers are judged in the order in which they came, whatever
 * the order in which the network log reports them; a later one waits until those before it are.
 */
export function judge(log: Log, key: number, known: KnownExchange): void {
  known.isReady = true;
  const { unjudged } = known.channel;
  while (unjudged[0]?.isReady) judgeNow(log, unjudged.shift()!);
  if (known.exchange.network !== null) log.exchanges.delete(key);
}

function judgeNow(log: Log, known: KnownExchange): void {
  const { exchange, channel } = known;
  const entry = exchange.network;
  exchange.judged = true;
  if (exchange.streamed) {
    finishStream(log, known);
    return;
  }
  if (entry?.fromCache) return;
  if (entry !== null) takeBody(exchange, channel, entry);
  if (!entry?.body && (exchange.responseBodyBytes ?? 0) > 0) channel.answersWithContent++;
  countPayload(channel, 'received', exchange.responseBodyBytes, exchange.endedAt!);
  if (entry?.body) recognisePayload(channel, entry.body, 'received', null, exchange.url);
  countWorth(channel, exchange, rttMs(log.rtt, channel.origin));
}

function takeBody(exchange: Exchange, channel: Channel, entry: NetworkEntry): void {
  exchange.responseBodyBytes = entry.status === 304 ? 0 : (entry.contentBytes ?? exchange.responseBodyBytes);
  // With a content coding the difference is compression, not framing.
  const wire = entry.contentEncoding === null ? entry.responseBodyWireBytes : null;
  if (wire !== null && exchange.responseBodyBytes !== null && wire > exchange.responseBodyBytes)
    countFraming(channel, wire - exchange.responseBodyBytes, exchange.endedAt!);
}
