import type { Log } from '../state.ts';
import { createExchangeStore } from '../store/exchanges.ts';
import { createMessageStore } from '../store/messages.ts';

const UNLIMITED_EXCHANGES = { exchanges: Infinity, bodies: Infinity };
const UNLIMITED_MESSAGES = { messages: Infinity, content: Infinity };

/** A log of one channel alone, to be saved: what is in it is the same, not a copy. Its messages are numbered anew. */
export function onlyChannel(log: Log, channelId: number): Log {
  const exchanges = createExchangeStore(UNLIMITED_EXCHANGES);
  const messages = createMessageStore(UNLIMITED_MESSAGES);
  for (const exchange of log.history.exchanges.of(channelId)) exchanges.add(exchange);
  const sequence = log.history.messages.of(channelId);
  for (let i = 0; i < sequence.length; i++) {
    const message = log.history.messages.get(sequence.at(i));
    if (message !== null) messages.add(message);
  }
  return {
    ...log,
    channels: log.channels.filter(({ id }) => id === channelId),
    history: {
      exchanges,
      messages,
      connections: log.history.connections.filter((connection) => connection.channelId === channelId),
    },
  };
}
