import { LINKS } from '../advise/links.ts';
import type { SessionFacts } from '../simulate/facts.ts';
import { presentOf } from '../simulate/present.ts';
import { type FindingOf, isPolling, isWasted } from './finding.ts';

/** Fewer say little about how often there is news. */
const MIN_POLLS = 20;
/** Four polls of five in vain: the data changes a fifth as often as it is asked for, or less. */
const WASTED_SHARE = 0.8;

export type PollingFasterThanData = FindingOf<
  'polling-faster-than-data',
  { periodMs: number | null; meanNewsGapMs: number | null; wasted: number; polls: number }
>;

/** The page asks several times for each change. */
export const pollingFasterThanData = (session: SessionFacts): PollingFasterThanData[] =>
  session.channels.filter(isPolling).flatMap((channel) => {
    const news = channel.exchanges.filter(({ worth }) => worth === 'useful').length;
    const wasted = channel.exchanges.filter(isWasted).length;
    const polls = news + wasted;
    if (polls < MIN_POLLS || wasted < WASTED_SHARE * polls) return [];
    const spanMs = channel.exchanges.at(-1)!.startedAt - channel.exchanges[0]!.startedAt;
    const present = presentOf(channel);
    return {
      check: 'polling-faster-than-data',
      severity: 'warning',
      channelIds: [channel.id],
      evidence: {
        periodMs: present?.transport === 'polling' ? present.periodMs : null,
        meanNewsGapMs: news === 0 ? null : spanMs / news,
        wasted,
        polls,
      },
      fixes: ['poll-less-often', 'use-an-event-stream', 'send-an-etag'],
      links: [LINKS.conditional],
    };
  });
