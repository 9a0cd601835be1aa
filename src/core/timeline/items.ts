import type { Exchange } from '../model.ts';
import type { Message } from '../store/messages.ts';
import { lowerBound } from './density.ts';
import { eachExchange, type Lane } from './lane.ts';
import type { Viewport } from './viewport.ts';

/** One line of the timeline's table. */
export type TimelineItem = { channelId: number; at: number } & (
  | { kind: 'exchange'; exchange: Exchange }
  | { kind: 'message'; message: Message }
);

/** What happened in view, oldest first: at most `limit` items, and how many there are in all. */
export function itemsIn(
  lanes: readonly (Lane & { channelId: number })[],
  view: Viewport,
  limit: number,
  messageOf: (seq: number) => Message | null,
): { items: TimelineItem[]; total: number } {
  const items: TimelineItem[] = [];
  let total = 0;
  for (const { channelId, exchanges, messages } of lanes) {
    let taken = 0;
    eachExchange(exchanges, view, (exchange) => {
      total++;
      if (taken++ < limit) items.push({ channelId, at: exchange.startedAt, kind: 'exchange', exchange });
    });
    const first = lowerBound(messages, view.from);
    const end = lowerBound(messages, view.to, first);
    total += end - first;
    for (let i = first; i < Math.min(end, first + limit); i++) {
      const message = messageOf(messages.seqAt(i));
      if (message !== null) items.push({ channelId, at: message.at, kind: 'message', message });
    }
  }
  items.sort((a, b) => a.at - b.at);
  return { items: items.slice(0, limit), total };
}
