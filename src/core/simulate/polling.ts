import { addReply, addRequest, addSends } from './bytes.ts';
import { createPlayed, type Played, type PollingChoice, type SimulatedEvent, type World } from './world.ts';

/**
 * The events, in order, over polling. A request that leaves at c reads the news at c + up; what it reads arrives after
 * service and down. Requests start before the horizon ends. A stale cursor of a request sent before the last response came
 * is not modelled: periods shorter than the round trip are taken as if each event came once.
 */
export function simulatePolling(events: readonly SimulatedEvent[], world: World, choice: PollingChoice): Played {
  const { link, horizonMs, heads } = world;
  const played = createPlayed(choice);
  const { bytes, latenciesMs } = played;
  const tripMs = link.upMs + link.serviceMs + link.downMs;
  const stepMs = choice.timer === 'interval' ? choice.periodMs : tripMs + choice.periodMs;
  let next = 0;
  let stateBytes = world.emptyReplyBytes;
  let heldMs = 0;

  for (let sentMs = choice.phaseMs ?? 0; sentMs < horizonMs; sentMs += stepMs) {
    const readMs = sentMs + link.upMs;
    const arrivalMs = sentMs + tripMs;
    const first = next;
    let newBytes = 0;
    while (next < events.length && events[next]!.atMs <= readMs) {
      newBytes += events[next]!.payloadBytes;
      if (choice.mode === 'log') latenciesMs.push(arrivalMs - events[next]!.atMs);
      next++;
    }
    const news = next - first;
    if (choice.mode === 'snapshot' && news > 0) {
      const latest = events[next - 1]!;
      latenciesMs.push(arrivalMs - latest.atMs);
      played.coalesced += news - 1;
      stateBytes = latest.payloadBytes + world.envelopeBytes;
    }
    played.requests++;
    if (news > 0) played.useful++;
    else played.wasted++;
    const notModified = choice.conditional && news === 0;
    // A snapshot without conditional requests is sent whole, whether it changed or not.
    const contentBytes =
      choice.mode === 'snapshot' ? stateBytes : news > 0 ? newBytes + world.envelopeBytes : world.emptyReplyBytes;
    const requestHeads = choice.conditional ? heads.notModified : heads.poll;
    addRequest(bytes, requestHeads);
    addReply(bytes, notModified ? heads.notModified : heads.poll, world, notModified ? 0 : contentBytes);
    const idleMs = Math.min(Math.max(stepMs - tripMs, 0), world.keepAliveMs);
    heldMs += Math.min(tripMs + idleMs, horizonMs - sentMs);
  }
  played.undelivered = events.length - next;
  played.connectionsHeld = heldMs / horizonMs;
  addSends(played, world);
  return played;
}
