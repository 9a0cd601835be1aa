import type { ChannelFacts } from '../facts.ts';
import { pollModeOf } from '../present.ts';

/**
 * How many states came and went between two polls without being seen, if events are random: with a share u of polls that found
 * something new there were −ln(1 − u) events a poll. 0 for channels that are told of everything; null where every poll found
 * something, which any number of events explains.
 */
export function unseenEvents(channel: ChannelFacts): number | null {
  if (channel.transport !== 'polling' || pollModeOf(channel) === 'log') return 0;
  const judged = channel.exchanges.filter(({ worth }) => worth !== null && worth !== 'error' && worth !== 'baseline');
  const useful = judged.filter(({ worth }) => worth === 'useful').length;
  if (useful === judged.length) return useful === 0 ? 0 : null;
  return Math.log(judged.length / (judged.length - useful)) * judged.length - useful;
}
