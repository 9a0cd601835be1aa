import { originOf } from '../channel-key.ts';
import { estimateOf, meanLatencyMs, perHour, requestsOf } from '../simulate/ensemble.ts';
import { exactly } from '../simulate/estimate.ts';
import type { ChannelFacts } from '../simulate/facts.ts';
import { presentOf } from '../simulate/present.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, pollingCase } from './case.ts';
import { LINKS } from './links.ts';

/** Periods this close can be one timer. */
const SAME_PERIOD = 0.1;

export type MergePollers = AdviceOf<'merge-pollers', { channelIds: number[]; periodMs: number; others: number }>;

/**
 * Several polls of one page that ask the same server as often as one another can be one request. Told of the first of them
 * alone; those that ask for the very same thing are a fault rather than a design, and a health check's business.
 */
export function mergePollers(given: AdviceCase): MergePollers | null {
  const polling = pollingCase(given);
  if (polling === null) return null;
  const { channel, session, now, weights, whatIf } = given;
  const { periodMs } = polling.present;
  const alike = session.channels.filter((other) => other === channel || isAlike(other, channel, periodMs));
  const ids = alike.map(({ id }) => id);
  if (alike.length < 2 || channel.id !== Math.min(...ids)) return null;
  const others = alike.length - 1;
  const { poll } = whatIf.world.heads;
  const requests = others * estimateOf(now, perHour(requestsOf, now.horizonMs))!.value;
  // Their contents remain; what is saved is a pair of heads each.
  const bytes = requests * (poll.requestBytes + poll.responseBytes);
  const staleness = estimateOf(now, meanLatencyMs);
  return {
    rule: 'merge-pollers',
    channelId: channel.id,
    transport: 'polling',
    choice: null,
    evidence: { channelIds: ids, periodMs, others },
    saving: {
      requestsPerHour: exactly(requests),
      bytesPerHour: exactly(bytes),
      stalenessMs: { from: staleness, to: staleness },
      pointsPerHour: exactly(requests * weights.request + bytes * weights.byte),
    },
    effort: 'medium',
    wouldChangeIf: [{ id: 'server-cannot-be-changed', value: null }],
    caveats: [],
    links: [LINKS.http2],
  };
}

function isAlike(other: ChannelFacts, channel: ChannelFacts, periodMs: number): boolean {
  if (other.documentKey !== channel.documentKey || originOf(other.url) !== originOf(channel.url)) return false;
  if (other.urlTemplate === channel.urlTemplate && other.method === channel.method) return false;
  const present = presentOf(other);
  return present?.transport === 'polling' && Math.abs(present.periodMs / periodMs - 1) <= SAME_PERIOD;
}
