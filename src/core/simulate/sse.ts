import { addHeartbeats, addSends, addStreamEvent } from './bytes.ts';
import { addOpenings, deliverOverStream } from './stream.ts';
import { createPlayed, type Played, type SimulatedEvent, type World } from './world.ts';

/** The events, in order, over an event stream; what the page says goes in requests of its own. */
export function simulateSse(events: readonly SimulatedEvent[], world: World): Played {
  const played = createPlayed({ transport: 'sse' });
  const { bytes } = played;
  for (const { payloadBytes } of deliverOverStream(events, world, played)) addStreamEvent(bytes, world, payloadBytes);
  addOpenings(played, world.heads.stream, world);
  addHeartbeats(bytes, world, 'sse');
  addSends(played, world);
  return played;
}
