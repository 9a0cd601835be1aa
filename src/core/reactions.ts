import type { Log } from './state.ts';

/** What comes in for a document, on whatever channel: the last of it, and how far apart it comes of late. */
export interface Arrivals {
  channelId: number;
  /** −∞: nothing yet. */
  at: number;
  meanGapMs: number;
}

/** Rare until known better. */
export const NO_ARRIVALS: Arrivals = { channelId: 0, at: -Infinity, meanGapMs: 1000 };

/** Weight of the newest gap in their moving mean. */
const NEWEST = 0.2;
/** A page that answers what came in does so at once: within this, on a machine whose cores are taken. */
const AT_ONCE_MS = 100;
/** Where much comes in, something just came in at any moment; a timer that knows nothing of it must rarely seem to answer. */
const BY_CHANCE = 0.1;

/** Something came in on a channel: what the document sends right after may be an answer to it. */
export function noteArrival(log: Log, documentKey: string | null, channelId: number, at: number): void {
  const arrivals = log.documents.get(documentKey ?? '')?.arrivals;
  if (arrivals === undefined) return;
  if (arrivals.at > -Infinity) arrivals.meanGapMs += NEWEST * (Math.abs(at - arrivals.at) - arrivals.meanGapMs);
  arrivals.channelId = channelId;
  arrivals.at = at;
}

/** Whether a request follows at once on something that came in on another channel of its document. */
export function isReaction(log: Log, documentKey: string, channelId: number, at: number): boolean {
  const arrivals = log.documents.get(documentKey)?.arrivals;
  if (arrivals === undefined || arrivals.channelId === channelId) return false;
  return at - arrivals.at <= Math.min(AT_ONCE_MS, BY_CHANCE * arrivals.meanGapMs);
}
