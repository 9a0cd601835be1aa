import type { AdviceOf } from './advice.ts';
import { type AdviceCase, eventsPerMinute, isWorthIt, savingFrom, sendsPerMinute } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { periodThatSuffices } from './changes.ts';
import { isBinary, pushOptionOf } from './compare.ts';
import { outpaces } from './leave-long-polling.ts';
import { LINKS } from './links.ts';

export type SwitchToWebSocket = AdviceOf<
  'switch-to-websocket',
  { events: number; eventsPerMinute: number; sends: number; sendsPerMinute: number; binary: boolean }
>;

/** A page that talks as much as it listens, or listens to what is not text, does both over one socket. */
export function switchToWebSocket(given: AdviceCase): SwitchToWebSocket | null {
  const { transport } = given.present;
  if (transport === 'websocket' || (transport === 'long-polling' && outpaces(given) !== null)) return null;
  const option = pushOptionOf(given);
  if (option.choice.transport !== 'websocket') return null;
  const saving = savingFrom(given, option.ensemble);
  if (!isWorthIt(given, saving.pointsPerHour.value)) return null;
  return {
    rule: 'switch-to-websocket',
    channelId: given.channel.id,
    transport: 'websocket',
    choice: option.choice,
    evidence: {
      events: given.whatIf.inferred.events.length,
      eventsPerMinute: eventsPerMinute(given),
      sends: given.whatIf.world.sends.length,
      sendsPerMinute: sendsPerMinute(given),
      binary: isBinary(given),
    },
    saving,
    effort: 'high',
    wouldChangeIf: [{ id: 'server-cannot-be-changed', value: null }, ...periodThatSuffices(given, option)],
    caveats: caveatsFor(given, 'websocket'),
    links: [LINKS.webSocket, LINKS.webSocketDeflate],
  };
}
