import { LINKS } from '../advise/links.ts';
import type { SessionFacts } from '../simulate/facts.ts';
import { anHour, type FindingOf, isPolling } from './finding.ts';

/** Fewer may be the last tick before the browser throttles a hidden page's timers, and the first after. */
const MIN_POLLS = 3;
/** From this share on it is a good part of the traffic. */
const WARNING_SHARE = 0.1;

export type PollingWhileHidden = FindingOf<
  'polling-while-hidden',
  { hiddenPolls: number; of: number; hiddenPollsPerHour: number }
>;

/** A page that nobody looks at goes on asking. */
export const pollingWhileHidden = (session: SessionFacts): PollingWhileHidden[] =>
  session.channels.filter(isPolling).flatMap((channel) => {
    const hiddenPolls = channel.exchanges.filter(({ hidden }) => hidden === true).length;
    const of = channel.exchanges.length;
    if (hiddenPolls < MIN_POLLS) return [];
    return {
      check: 'polling-while-hidden',
      severity: hiddenPolls >= WARNING_SHARE * of ? 'warning' : 'info',
      channelIds: [channel.id],
      evidence: { hiddenPolls, of, hiddenPollsPerHour: anHour(hiddenPolls, channel, session) },
      fixes: ['stop-when-hidden'],
      links: [LINKS.pageVisibility],
    };
  });
