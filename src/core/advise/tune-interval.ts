import type { AdviceOf } from './advice.ts';
import { type AdviceCase, isWorthIt, pollingCase, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { rateThatFits } from './changes.ts';
import { cheapest, pollingLadder } from './ladder.ts';
import { LINKS } from './links.ts';

/** A period must change by this factor: less is within what the events of another hour would ask for. */
const MIN_FACTOR = 1.5;

export type TuneInterval = AdviceOf<
  'tune-interval',
  { periodMs: number; bestPeriodMs: number; wastedShare: number; bestWastedShare: number; events: number }
>;

/** Polls at the period that costs least: fewer requests where little happens, sooner news where much does. */
export function tuneInterval(given: AdviceCase): TuneInterval | null {
  const polling = pollingCase(given);
  if (polling === null) return null;
  const { present, whatIf, now } = polling;
  const best = cheapest(pollingLadder(given, present))?.choice;
  if (best === undefined) return null;
  const factor = best.periodMs / present.periodMs;
  if (Math.max(factor, 1 / factor) < MIN_FACTOR) return null;
  const then = whatIf.play(best);
  const saving = savingFrom(given, then);
  if (!isWorthIt(given, saving.pointsPerHour.value)) return null;
  const isSlower = factor > 1;
  return {
    rule: 'tune-interval',
    channelId: given.channel.id,
    transport: 'polling',
    choice: best,
    evidence: {
      periodMs: present.periodMs,
      bestPeriodMs: best.periodMs,
      wastedShare: wastedShare(now.probable),
      bestWastedShare: wastedShare(then.probable),
      events: whatIf.inferred.events.length,
    },
    saving,
    effort: 'low',
    wouldChangeIf: [
      {
        id: isSlower ? 'events-per-minute-above' : 'events-per-minute-below',
        value: rateThatFits(given, present.periodMs),
      },
      ...(isSlower
        ? [{ id: 'mean-staleness-below-ms', value: saving.stalenessMs.to?.value ?? best.periodMs / 2 } as const]
        : []),
      { id: 'server-can-push', value: null },
    ],
    caveats: caveatsFor(given, 'polling'),
    links: [LINKS.cacheControl],
  };
}

function wastedShare(played: readonly { wasted: number; requests: number }[]): number {
  const sum = (f: (p: { wasted: number; requests: number }) => number) => played.reduce((total, p) => total + f(p), 0);
  return sum(({ wasted }) => wasted) / sum(({ requests }) => requests);
}
