import type { Played, SimulatedEvent, World } from './world.ts';

/**
 * Delivers the events over a connection that stands until it drops, and records openings, delays and losses in `played`.
 * Returns the events that crossed the wire, in order. What happens in an outage is resent when it is over, or lost.
 */
export function deliverOverStream(events: readonly SimulatedEvent[], world: World, played: Played): SimulatedEvent[] {
  const { link, drops, horizonMs } = world;
  const transitMs = link.serviceMs + link.downMs;
  const cycleMs = drops === null ? Infinity : drops.everyMs + drops.outageMs;
  const carried: SimulatedEvent[] = [];
  const fruitful = new Set<number>();

  for (const event of events) {
    const cycle = cycleMs === Infinity ? 0 : Math.floor(event.atMs / cycleMs);
    const out = drops !== null && event.atMs - cycle * cycleMs >= drops.everyMs;
    if (out && !drops.replay) {
      played.lost++;
      continue;
    }
    // Before the first request is there, the server cannot send either.
    const readyMs = out ? (cycle + 1) * cycleMs : Math.max(event.atMs, link.upMs);
    if (readyMs > horizonMs) {
      played.undelivered++;
      continue;
    }
    fruitful.add(out ? cycle + 1 : cycle);
    carried.push(event);
    played.latenciesMs.push(readyMs + transitMs - event.atMs);
  }
  played.requests = Math.ceil(horizonMs / cycleMs) || 1;
  played.useful = fruitful.size;
  played.pending = 0;
  played.wasted = played.requests - played.useful;
  played.connectionsHeld = 1 - outageShare(horizonMs, drops);
  return carried;
}

function outageShare(horizonMs: number, drops: World['drops']): number {
  if (drops === null) return 0;
  const cycleMs = drops.everyMs + drops.outageMs;
  const full = Math.floor(horizonMs / cycleMs);
  const rest = Math.max(horizonMs - full * cycleMs - drops.everyMs, 0);
  return (full * drops.outageMs + rest) / horizonMs;
}
