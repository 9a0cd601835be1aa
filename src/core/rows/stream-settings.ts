import type { Channel } from '../channels.ts';
import { median } from '../metrics/statistics.ts';
import type { Connection } from '../model.ts';
import type { Log } from '../state.ts';
import { labelsOfMessage } from './hints.ts';

/** Messages among which heartbeats are looked for. */
const LOOK_BACK = 1000;

/** How long a connection stays away before it opens again: the median of the gaps between its spans, in ms; null: it never did. */
export function retryMs(connections: readonly Connection[]): number | null {
  const gaps = connections.flatMap(({ spans }) =>
    spans.slice(1).flatMap(({ from }, i) => {
      const { to } = spans[i]!;
      return to === null ? [] : [from - to];
    }),
  );
  return median(gaps);
}

/** How often each side says that it is still there: the median gap between heartbeats among the last messages, in ms; null: too few. */
export function heartbeatMs(log: Log, channel: Channel): { sent: number | null; received: number | null } {
  const { messages } = log.history;
  const own = messages.of(channel.id);
  const beats: { sent: number[]; received: number[] } = { sent: [], received: [] };
  for (let i = Math.max(own.length - LOOK_BACK, 0); i < own.length; i++) {
    const message = messages.get(own.at(i));
    if (message !== null && labelsOfMessage(channel, message).some(({ role }) => role === 'heartbeat'))
      beats[message.direction].push(message.at);
  }
  const gapMs = (times: readonly number[]) => median(times.slice(1).map((at, i) => at - times[i]!));
  return { sent: gapMs(beats.sent), received: gapMs(beats.received) };
}
