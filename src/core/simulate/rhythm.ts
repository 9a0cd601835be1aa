import { median } from '../metrics/statistics.ts';
import { type Estimate, exactly } from './estimate.ts';
import type { Inferred } from './events.ts';
import type { ChannelFacts } from './facts.ts';
import type { Outage } from './world.ts';

/** Gap between the server's heartbeats, ms; null where it sends none. */
export function heartbeatOf({ messages }: ChannelFacts): Estimate | null {
  const beats = messages.filter(({ role, direction }) => role === 'heartbeat' && direction === 'received');
  const gap = median(beats.slice(1).map(({ at }, i) => at - beats[i]!.at));
  return gap === null || gap <= 0 ? null : exactly(gap);
}

/** When a stream had no connection, between two that it had; from the start of `inferred`. */
export function outagesOf({ connections }: ChannelFacts, { from }: Inferred): Outage[] {
  const outages: Outage[] = [];
  let lostAt: number | null = null;
  for (const { openedAt, closedAt } of connections) {
    if (openedAt === null) continue;
    if (lostAt !== null && openedAt > lostAt) outages.push({ fromMs: lostAt - from, toMs: openedAt - from });
    lostAt = closedAt;
  }
  return outages;
}

/** Whether the stream asks to resume where it stopped. A channel of requests loses nothing, and nor should what replaces it. */
export const resumes = ({ connections }: ChannelFacts): boolean =>
  connections.length === 0 || connections.some(({ lastEventId }) => lastEventId !== '');
