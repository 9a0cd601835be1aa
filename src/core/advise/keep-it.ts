import type { Transport } from '../model.ts';
import { estimateOf, meanLatencyMs } from '../simulate/ensemble.ts';
import { exactly } from '../simulate/estimate.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, costOf, eventsPerMinute, isWorthIt } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { rateThatEnds } from './changes.ts';
import { optionsOf, pushOptionOf } from './compare.ts';

export type KeepIt = AdviceOf<
  'keep-it',
  {
    pointsPerHour: number;
    eventsPerMinute: number;
    /** What else there is, the cheapest first. */
    others: { transport: Transport; periodMs: number | null; pointsPerHour: number }[];
  }
>;

/** What is there costs hardly more than the best there could be. */
export function keepIt(given: AdviceCase): KeepIt | null {
  const { channel, present, now } = given;
  const pointsNow = costOf(given, now);
  const others = optionsOf(given);
  if (others.some(({ pointsPerHour }) => isWorthIt(given, pointsNow - pointsPerHour))) return null;
  const none = exactly(0);
  const staleness = estimateOf(now, meanLatencyMs);
  return {
    rule: 'keep-it',
    channelId: channel.id,
    transport: channel.transport,
    choice: present,
    evidence: {
      pointsPerHour: pointsNow,
      eventsPerMinute: eventsPerMinute(given),
      others: others.map(({ choice, pointsPerHour }) => ({
        transport: choice.transport,
        periodMs: choice.transport === 'polling' ? choice.periodMs : null,
        pointsPerHour,
      })),
    },
    saving: {
      requestsPerHour: none,
      bytesPerHour: none,
      stalenessMs: { from: staleness, to: staleness },
      pointsPerHour: none,
    },
    effort: 'low',
    wouldChangeIf:
      present.transport === 'polling'
        ? [
            { id: 'events-per-minute-above', value: rateThatEnds(given, present.periodMs, pushOptionOf(given)) },
            { id: 'mean-staleness-below-ms', value: staleness?.value ?? present.periodMs / 2 },
          ]
        : [],
    caveats: caveatsFor(given, present.transport),
    links: [],
  };
}
