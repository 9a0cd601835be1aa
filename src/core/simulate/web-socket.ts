import { addFrame, addHeartbeats } from './bytes.ts';
import { addOpenings, deliverOverStream } from './stream.ts';
import { type Choice, createPlayed, type Played, type SimulatedEvent, type World } from './world.ts';

/**
 * The events, in order, over a WebSocket, which also carries what the page says. With deflate, an event whose compressed size
 * is not known counts in full: an upper bound.
 */
export function simulateWebSocket(
  events: readonly SimulatedEvent[],
  world: World,
  choice: Extract<Choice, { transport: 'websocket' }>,
): Played {
  const played = createPlayed(choice);
  const { bytes } = played;
  for (const { payloadBytes, deflatedBytes } of deliverOverStream(events, world, played))
    addFrame(bytes, choice.deflate ? (deflatedBytes ?? payloadBytes) : payloadBytes, false);
  for (const { payloadBytes } of world.sends) addFrame(bytes, payloadBytes, true);
  addOpenings(played, world.heads.webSocket, world);
  addHeartbeats(bytes, world, 'websocket');
  return played;
}
