import type { ChannelFacts, ConnectionFacts, MessageFacts } from '../facts.ts';
import type { Sighting, Told, Transit } from './sighting.ts';

/** Messages this soon after a reconnect, a round trip aside, are what the server resends rather than what just happened. */
const REPLAY_MS = 100;

/** The events that a stream brought: each happened at most one way before it arrived, or in the outage before its connection. */
export function sightMessages({ messages, connections }: ChannelFacts, transit: Transit): Sighting[] {
  const byId = new Map(connections.map((connection, i) => [connection.id, i]));
  return messages
    .filter(({ direction, role }) => direction === 'received' && role === 'data')
    .flatMap((message) => {
      const index = byId.get(message.connectionId);
      const outageFrom = index === undefined ? null : resentSince(connections, index, message, transit.longestMs);
      const items = message.items ?? [whole(message)];
      return items.map(({ stamp, payloadBytes }): Sighting => {
        const leftAt = message.at - transit.likelyMs;
        return {
          earliestAt: outageFrom ?? message.at - transit.longestMs,
          latestAt: message.at,
          likelyFrom: outageFrom ?? leftAt,
          likelyTo: leftAt,
          source: outageFrom === null ? 'message' : 'outage',
          payloadBytes,
          stamp,
          text: items.length === 1 ? message.text : null,
        };
      });
    });
}

const whole = ({ payloadBytes }: MessageFacts): Told => ({ stamp: null, payloadBytes });

/** When the outage began whose events a reconnect brings; null for a message that just happened. */
function resentSince(
  connections: readonly ConnectionFacts[],
  index: number,
  { at }: MessageFacts,
  transitMs: number,
): number | null {
  const { openedAt, lastEventId } = connections[index]!;
  const before = connections[index - 1];
  if (before?.closedAt == null || openedAt === null || lastEventId === '') return null;
  return at - openedAt <= transitMs + REPLAY_MS ? before.closedAt - transitMs : null;
}
