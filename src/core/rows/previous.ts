import type { Exchange } from '../model.ts';
import type { Log } from '../state.ts';
import type { Message } from '../store/messages.ts';
import { countBelow } from './feed.ts';

/** Messages looked back on. */
const LOOK_BACK = 2000;

/**
 * The message before this one on its channel that went the same way, is of the same type, and `isAlike` (a heartbeat is no news to
 * compare with); null: none, or too far back.
 */
export function previousMessage(
  { history: { messages } }: Log,
  message: Message,
  isAlike: (other: Message) => boolean,
): Message | null {
  const own = messages.of(message.channelId);
  const from = countBelow(own, message.seq) - 1;
  for (let i = from; i >= 0 && i > from - LOOK_BACK; i--) {
    const before = messages.get(own.at(i));
    if (before === null || before.direction !== message.direction || before.type !== message.type) continue;
    if (isAlike(before)) return before;
  }
  return null;
}

/** The request before this one on its channel whose answer is known; null: none. */
export function previousExchange({ history: { exchanges } }: Log, exchange: Exchange): Exchange | null {
  const own = exchanges.of(exchange.channelId);
  return own.slice(0, Math.max(own.indexOf(exchange), 0)).findLast(({ network }) => network?.body != null) ?? null;
}
