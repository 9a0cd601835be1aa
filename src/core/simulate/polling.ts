import { addAsk, addReply, addSends } from './bytes.ts';
import { createPlayed, type Played, type PollingChoice, type SimulatedEvent, type World } from './world.ts';

/**
 * The events, in order, over polling. A request that leaves at c reads the news at c + up; what it reads arrives after
 * service and down. Requests start before the horizon ends. A stale cursor of a request sent before the last response came
 * is not modelled: periods shorter than the round trip are taken as if each event came once.
 */
export function simulatePolling(events: readonly SimulatedEvent[], world: World, choice: PollingChoice): Played {
  const { link, horizonMs } = world;
  const played = createPlayed(choice);
  const tripMs = link.upMs + link.serviceMs + link.downMs;
  const stepMs = choice.timer === 'interval' ? choice.periodMs : tripMs + choice.periodMs;
  const keptMs = Math.min(Math.max(stepMs - tripMs, 0), world.keepAliveMs);
  let next = 0;
  let heldMs = 0;
  let idleMs = 0;
  for (let sentMs = choice.phaseMs ?? 0; sentMs < horizonMs; sentMs += stepMs) {
    const first = next;
    while (next < events.length && events[next]!.atMs <= sentMs + link.upMs) next++;
    played.requests++;
    if (next > first) played.useful++;
    else played.wasted++;
    // A snapshot tells of the newest event alone.
    const told = choice.mode === 'snapshot' ? Math.max(next - 1, first) : first;
    played.coalesced += told - first;
    for (let i = told; i < next; i++) played.latenciesMs.push(sentMs + tripMs - events[i]!.atMs);
    addPoll(played, world, choice, events, told, next);
    heldMs += Math.min(tripMs, horizonMs - sentMs);
    idleMs += Math.min(keptMs, Math.max(horizonMs - sentMs - tripMs, 0));
  }
  played.undelivered = events.length - next;
  played.connectionsHeld = heldMs / horizonMs;
  played.connectionsIdle = idleMs / horizonMs;
  addSends(played, world);
  return played;
}

/** Bytes of one poll that tells of the events from `told` to `next`, exclusive. */
function addPoll(
  { bytes }: Played,
  world: World,
  { conditional, mode }: PollingChoice,
  events: readonly SimulatedEvent[],
  told: number,
  next: number,
): void {
  const { heads, envelopeBytes, emptyReplyBytes } = world;
  addAsk(bytes, conditional ? heads.notModified : heads.poll, world);
  const state = mode === 'snapshot' && next > 0 ? next - 1 : told;
  let contentBytes = 0;
  for (let i = state; i < next; i++) contentBytes += events[i]!.payloadBytes;
  const content = state < next ? contentBytes + envelopeBytes : emptyReplyBytes;
  if (told < next) addReply(bytes, heads.poll, world, content);
  else if (conditional) addReply(bytes, heads.notModified, world, 0);
  // A snapshot is sent whole, whether it changed or not.
  else addReply(bytes, mode === 'snapshot' ? heads.poll : heads.empty, world, content);
}
