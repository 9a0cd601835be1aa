import { originOf } from '../channel-key.ts';
import { median } from '../metrics/statistics.ts';
import type { Inferred } from './events.ts';
import type { ChannelFacts, SessionFacts } from './facts.ts';
import type { Send } from './world.ts';

/** What the page says to the same host: over its socket, or in requests with side effects. */
export function sendsOf(channel: ChannelFacts, session: SessionFacts, { from, to }: Inferred): Send[] {
  const said =
    channel.transport === 'websocket'
      ? channel.messages
          .filter(({ direction, role }) => direction === 'sent' && role === 'data')
          .map(({ at, payloadBytes }) => ({ at, payloadBytes }))
      : sayingRequests(channel, session);
  // A form or a stream whose size nobody knows is taken to be like the others.
  const usualBytes = median(said.flatMap(({ payloadBytes }) => payloadBytes ?? [])) ?? 0;
  return said
    .filter(({ at }) => at >= from && at <= to)
    .map(({ at, payloadBytes }) => ({ atMs: at - from, payloadBytes: payloadBytes ?? usualBytes }))
    .toSorted((a, b) => a.atMs - b.atMs);
}

function sayingRequests(channel: ChannelFacts, { channels }: SessionFacts) {
  return channels
    .filter(
      (other) =>
        other !== channel &&
        (other.transport === 'request' || other.transport === null) &&
        /^(POST|PUT|PATCH|DELETE)$/.test(other.method) &&
        other.documentKey === channel.documentKey &&
        hostOf(other.url) === hostOf(channel.url),
    )
    .flatMap(({ exchanges }) =>
      exchanges.map(({ startedAt, requestBodyBytes }) => ({ at: startedAt, payloadBytes: requestBodyBytes })),
    );
}

/** `//host:port`, the same for HTTP and WebSocket. */
export const hostOf = (url: string): string => originOf(url).replace(/^[a-z]+:/i, '');
