import { ascending, median, quantile, robustVariation } from '../metrics/statistics.ts';
import type { PollingChoice } from '../simulate/world.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, isWorthIt, pollingCase, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { LINKS } from './links.ts';

/** Gaps between events that vary by less than this come from a clock, not from chance (random events: 0.6 and more). */
const STEADY = 0.1;
const MIN_GAPS = 6;
/** Each event must be known to within this share of their period, or any events would look steady. */
const KNOWN_TO = 0.25;
/** So many events should have happened when they are asked for; one that is later waits for a whole period. */
const ON_TIME_SHARE = 0.95;
/** How long after an event is due to ask for it: what its server's timer may be late, and some. */
const MARGIN_MS = 50;

export type MatchPeriod = AdviceOf<
  'match-period',
  { periodMs: number; eventPeriodMs: number; variation: number; of: number }
>;

/** Events that come like clockwork are best asked for just after each is due: nothing is wasted, nothing waits. */
export function matchPeriod(given: AdviceCase): MatchPeriod | null {
  const polling = pollingCase(given);
  const beat = polling === null ? null : beatOf(given);
  if (polling === null || beat === null) return null;
  const choice = inStep(polling.present, beat, given);
  const saving = savingFrom(given, given.whatIf.play(choice));
  if (!isWorthIt(given, saving.pointsPerHour.value)) return null;
  return {
    rule: 'match-period',
    channelId: given.channel.id,
    transport: 'polling',
    choice,
    evidence: { periodMs: polling.present.periodMs, ...beat },
    saving,
    effort: 'medium',
    wouldChangeIf: [
      { id: 'events-become-irregular', value: null },
      { id: 'server-can-push', value: null },
    ],
    caveats: ['clock-drift', ...caveatsFor(given, 'polling')],
    links: [LINKS.cacheControl],
  };
}

/** The period of events that come like clockwork; null where they do not, or are not known well enough to tell. */
export function beatOf({ whatIf }: AdviceCase): { eventPeriodMs: number; variation: number; of: number } | null {
  const { events } = whatIf.inferred;
  const gaps = events.slice(1).map(({ at }, i) => at - events[i]!.at);
  const variation = robustVariation(gaps);
  if (gaps.length < MIN_GAPS || variation === null || variation > STEADY) return null;
  const eventPeriodMs = (events.at(-1)!.at - events[0]!.at) / gaps.length;
  const widthMs = median(events.map(({ likely }) => likely[1] - likely[0]))!;
  return widthMs > KNOWN_TO * eventPeriodMs ? null : { eventPeriodMs, variation, of: gaps.length };
}

/** The same polling, a moment after nearly every event is sure to have happened. */
export function inStep(
  present: PollingChoice,
  { eventPeriodMs }: { eventPeriodMs: number },
  { whatIf }: AdviceCase,
): PollingChoice {
  const { events, from } = whatIf.inferred;
  const lateness = events.map(({ likely }, i) => likely[1] - i * eventPeriodMs - from);
  const dueMs = quantile(ascending(lateness), ON_TIME_SHARE)! + MARGIN_MS - whatIf.world.link.upMs;
  const phaseMs = ((dueMs % eventPeriodMs) + eventPeriodMs) % eventPeriodMs;
  return { ...present, timer: 'interval', periodMs: eventPeriodMs, phaseMs };
}
