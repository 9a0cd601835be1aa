import type { AdviceOf } from './advice.ts';
import { type AdviceCase, eventsPerMinute, isWorthIt, savingFrom, sendsPerMinute } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { periodThatSuffices, sendsForWebSocket } from './changes.ts';
import { pushOptionOf } from './compare.ts';
import { outpaces } from './leave-long-polling.ts';
import { LINKS } from './links.ts';

export type SwitchToSse = AdviceOf<
  'switch-to-sse',
  { events: number; eventsPerMinute: number; sendsPerMinute: number; openings: number }
>;

/** A page that only listens is told at once over one response that never ends. */
export function switchToSse(given: AdviceCase): SwitchToSse | null {
  const { transport } = given.present;
  if (transport !== 'polling' && (transport !== 'long-polling' || outpaces(given) !== null)) return null;
  const option = pushOptionOf(given);
  if (option.choice.transport !== 'sse') return null;
  const saving = savingFrom(given, option.ensemble);
  if (!isWorthIt(given, saving.pointsPerHour.value)) return null;
  return {
    rule: 'switch-to-sse',
    channelId: given.channel.id,
    transport: 'sse',
    choice: option.choice,
    evidence: {
      events: given.whatIf.inferred.events.length,
      eventsPerMinute: eventsPerMinute(given),
      sendsPerMinute: sendsPerMinute(given),
      openings: option.ensemble.probable[0]!.requests,
    },
    saving,
    effort: 'medium',
    wouldChangeIf: [
      { id: 'server-cannot-be-changed', value: null },
      ...periodThatSuffices(given, option),
      sendsForWebSocket(given, option),
    ],
    caveats: caveatsFor(given, 'sse'),
    links: [LINKS.eventStream, LINKS.proxyBuffering],
  };
}
