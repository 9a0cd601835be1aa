import type { Standing } from './hysteresis.ts';
import type { Timing } from './timing.ts';

/** A gap this near to the period is another tick of the same timer. */
const TICK_SPREAD = 0.25;
/** A long poll follows the one before within this. */
const AT_ONCE_MS = 30;

/**
 * Whether the newest request is just one more of what a lasting verdict says. Then nothing need be weighed anew, which keeps
 * the cost of a request small however long a poll goes on.
 */
export function isOneMore(standing: Standing | null, timings: readonly Timing[]): boolean {
  const timing = timings.at(-1);
  const before = timings.at(-2);
  if (standing === null || timing === undefined || before === undefined) return false;
  if (standing.verdict.provisional || standing.contradictions > 0 || timing.failed) return false;
  if (timing.hidden !== before.hidden) return false;
  const endToStart = timing.startedAt - before.endedAt;
  for (const evidence of standing.verdict.evidence) {
    if (evidence.kind === 'timer') {
      const gap = evidence.basis === 'end-to-start' ? endToStart : timing.startedAt - before.startedAt;
      return Math.abs(gap / evidence.periodMs - 1) <= TICK_SPREAD;
    }
    if (evidence.kind === 'held' && evidence.medianHoldMs !== null)
      return endToStart <= AT_ONCE_MS && timing.waitMs >= evidence.medianHoldMs / 2;
  }
  return false;
}
