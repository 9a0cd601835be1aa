import { displayTemplate, originOf } from '../channel-key.ts';
import type { Channel } from '../channels.ts';
import type { Clock } from '../metrics/clock.ts';
import type { BrowserHeaders } from '../metrics/handshake.ts';
import { rttMs } from '../metrics/rtt.ts';
import { stampNames } from '../metrics/stamps.ts';
import type { ChannelFacts } from '../simulate/facts.ts';
import type { Log } from '../state.ts';
import { clockOffsetOf } from './clocks.ts';
import { exchangeFacts } from './exchanges.ts';
import { messageFacts } from './messages.ts';
import { openingsOf } from './openings.ts';

/** The newest of a channel tell how it is; reading more would only cost time. */
export const NEWEST = 20_000;

export function channelFacts(
  log: Log,
  channel: Channel,
  clocks: Map<string, Clock>,
  browserHeaders: BrowserHeaders,
): ChannelFacts {
  const { id, protocol, method, url, documentKey, httpVersion, startedAt, lastAt } = channel;
  const names = stampNames(log.stampName);
  const exchanges = log.history.exchanges.of(id).slice(-NEWEST);
  const openings = openingsOf(log, channel, exchanges, browserHeaders);
  return {
    id,
    transport: channel.standing?.verdict.transport ?? null,
    protocol: protocol?.id ?? null,
    method,
    url,
    urlTemplate: displayTemplate(url),
    documentKey,
    httpVersion,
    startedAt,
    lastAt,
    // A WebSocket's way is that of the requests to the same server.
    rttMs: rttMs(log.rtt, originOf(url.replace(/^ws/i, 'http'))),
    clock: clockOffsetOf(clocks, url),
    exchanges: exchanges
      .filter(({ streamed }) => !streamed)
      .map((exchange) => exchangeFacts(channel, exchange, names))
      .toSorted((a, b) => a.startedAt - b.startedAt),
    messages: messageFacts(log, channel, openings, names),
    connections: openings.map(({ facts }) => facts),
  };
}
