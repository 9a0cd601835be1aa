import type { AdviceOf } from './advice.ts';
import { type AdviceCase, eventsPerMinute, savingFrom } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { pushOptionOf } from './compare.ts';
import { LINKS } from './links.ts';

/** From here on an event comes, on average, before the page has asked again: holding gains nothing over polling as fast as it can. */
const MAX_EVENTS_A_TURNAROUND = 1;

export type LeaveLongPolling = AdviceOf<
  'leave-long-polling',
  { eventsPerTurnaround: number; turnaroundMs: number; eventsPerMinute: number }
>;

/** Long polling whose events come faster than its requests can follow (λβ > 1) pays a request for each and waits all the same. */
export function leaveLongPolling(given: AdviceCase): LeaveLongPolling | null {
  const pace = given.present.transport === 'long-polling' ? outpaces(given) : null;
  if (pace === null) return null;
  const option = pushOptionOf(given);
  const { transport } = option.choice;
  return {
    rule: 'leave-long-polling',
    channelId: given.channel.id,
    transport,
    choice: option.choice,
    evidence: { ...pace, eventsPerMinute: eventsPerMinute(given) },
    saving: savingFrom(given, option.ensemble),
    effort: transport === 'sse' ? 'medium' : 'high',
    wouldChangeIf: [
      { id: 'server-cannot-be-changed', value: null },
      { id: 'events-per-minute-below', value: (60_000 * MAX_EVENTS_A_TURNAROUND) / pace.turnaroundMs },
    ],
    caveats: caveatsFor(given, transport),
    links: [LINKS.longPolling, transport === 'sse' ? LINKS.eventStream : LINKS.webSocket],
  };
}

/** How many events fall into the time in which no request is open; null while it is at most one. */
export function outpaces({ whatIf }: AdviceCase): { eventsPerTurnaround: number; turnaroundMs: number } | null {
  const { upMs, downMs, serviceMs, clientGapMs } = whatIf.world.link;
  const turnaroundMs = upMs + downMs + serviceMs + clientGapMs;
  const eventsPerTurnaround = (whatIf.inferred.events.length / whatIf.horizonMs) * turnaroundMs;
  return eventsPerTurnaround > MAX_EVENTS_A_TURNAROUND ? { eventsPerTurnaround, turnaroundMs } : null;
}
