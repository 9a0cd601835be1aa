import type { ChannelFacts, ConnectionFacts } from './facts.ts';

/** A proxy that does not know the protocol, or a server that refuses, ends a connection about as soon as it is open. */
const SHORT_LIFE_MS = 1000;

/** The connections that never opened, or ended at once before they brought anything. Those still being opened are not counted. */
export function failedConnections({ connections, messages }: ChannelFacts): Set<ConnectionFacts> {
  const fruitful = new Set<number>();
  for (const { direction, connectionId } of messages) if (direction === 'received') fruitful.add(connectionId);
  return new Set(
    connections.filter(({ id, openedAt, closedAt }) => {
      if (closedAt === null) return false;
      return openedAt === null || (closedAt - openedAt < SHORT_LIFE_MS && !fruitful.has(id));
    }),
  );
}
