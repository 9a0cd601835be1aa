import { countPayload } from '../channel-counts.ts';
import { bodyLabels } from '../channel-protocol.ts';
import type { Channel } from '../channels.ts';
import type { Exchange } from '../model.ts';
import type { KnownExchange, Log } from '../state.ts';

/** A request that either source told of first. */
export function createExchange(
  log: Log,
  channel: Channel,
  documentKey: string | null,
  method: string,
  url: string,
  at: number,
): Exchange {
  const exchange: Exchange = {
    id: ++log.lastId,
    channelId: channel.id,
    documentKey,
    api: null,
    method,
    url,
    startedAt: at,
    respondedAt: null,
    endedAt: null,
    waitMs: null,
    hidden: null,
    status: null,
    contentType: null,
    outcome: 'pending',
    requestBodyBytes: null,
    responseBodyBytes: null,
    requestText: null,
    chunks: 0,
    pauses: 0,
    chunkBytes: 0,
    lastChunkAt: null,
    streamed: false,
    stack: null,
    page: false,
    network: null,
    worth: null,
    judged: false,
    headTold: false,
    isReaction: false,
  };
  log.history.exchanges.add(exchange);
  return exchange;
}

/** As it is kept until both sources have spoken. */
export const knownAs = (exchange: Exchange, channel: Channel): KnownExchange => ({
  exchange,
  channel,
  awaitedUrl: exchange.url,
  isAnswered: false,
  stream: null,
  isUnread: false,
  isReady: false,
});

/** Counts a request on its channel, with what it says where it is an uplink's. */
export function countRequest(channel: Channel, exchange: Exchange, at: number): void {
  const { requestBodyBytes, requestText } = exchange;
  channel.exchanges++;
  channel.onWire++;
  if ((requestBodyBytes ?? 0) > 0) channel.requestsWithContent++;
  if (channel.uplinkOf !== null) {
    const labels = requestText === null ? [] : bodyLabels(channel, requestText, 'sent', exchange);
    channel.messages.sent += Math.max(labels.length, 1);
    channel.heartbeats.sent += labels.filter(({ role }) => role === 'heartbeat').length;
  }
  countPayload(channel, 'sent', requestBodyBytes, at);
}
