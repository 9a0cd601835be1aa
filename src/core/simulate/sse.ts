import { addHeartbeats, addReply, addRequest, addSends, addStreamEvent } from './bytes.ts';
import { deliverOverStream } from './stream.ts';
import { createPlayed, type Played, type SimulatedEvent, type World } from './world.ts';

/** The events, in order, over an event stream; what the page says goes in requests of its own. */
export function simulateSse(events: readonly SimulatedEvent[], world: World): Played {
  const played = createPlayed({ transport: 'sse' });
  const { bytes } = played;
  for (const { payloadBytes } of deliverOverStream(events, world, played)) addStreamEvent(bytes, world, payloadBytes);
  for (let i = 0; i < played.requests; i++) {
    addRequest(bytes, world.heads.stream);
    addReply(bytes, world.heads.stream, world, 0);
  }
  addHeartbeats(bytes, world, 'sse');
  addSends(played, world);
  return played;
}
