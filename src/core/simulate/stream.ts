import { addReply, addRequest } from './bytes.ts';
import { type Heads, noBytes, type Outage, type Played, type SimulatedEvent, type World } from './world.ts';

/**
 * Delivers the events over a connection that stands but for its outages, and records openings, delays and losses in `played`.
 * Returns the events that crossed the wire, in order. What happens in an outage is resent when it is over, or lost.
 */
export function deliverOverStream(events: readonly SimulatedEvent[], world: World, played: Played): SimulatedEvent[] {
  const { link, outages, replay, horizonMs } = world;
  const transitMs = link.serviceMs + link.downMs;
  const carried: SimulatedEvent[] = [];
  const fruitful = new Set<number>();
  /** Outages that were over, or had begun, when the event happened. */
  let begun = 0;
  for (const event of events) {
    while (begun < outages.length && outages[begun]!.fromMs <= event.atMs) begun++;
    const outage = outages[begun - 1];
    const out = outage !== undefined && event.atMs < outage.toMs;
    if (out && !replay) {
      played.lost++;
      continue;
    }
    // Before the first request is there, the server cannot send either.
    const readyMs = out ? outage.toMs : Math.max(event.atMs, link.upMs);
    if (readyMs > horizonMs) {
      played.undelivered++;
      continue;
    }
    fruitful.add(begun);
    carried.push(event);
    played.latenciesMs.push(readyMs + transitMs - event.atMs);
  }
  played.requests = 1 + outages.filter(({ toMs }) => toMs < horizonMs).length;
  played.useful = fruitful.size;
  played.wasted = played.requests - played.useful;
  const outMs = outages.reduce((sum, { fromMs, toMs }) => sum + Math.max(Math.min(toMs, horizonMs) - fromMs, 0), 0);
  played.connectionsHeld = 1 - outMs / horizonMs;
  return carried;
}

/** Adds what the openings cost; the first is told apart as well. */
export function addOpenings(played: Played, heads: Heads, world: World): void {
  const first = noBytes();
  for (let i = 0; i < played.requests; i++) {
    for (const bytes of i === 0 ? [played.bytes, first] : [played.bytes]) {
      addRequest(bytes, heads);
      addReply(bytes, heads, world, 0);
    }
  }
  const useful = played.useful > 0 ? 1 : 0;
  played.opening = { bytes: first, useful, wasted: 1 - useful };
}

/** A connection that is lost after every `everyMs` of service, for `outageMs`. */
export function periodicOutages(everyMs: number, outageMs: number, horizonMs: number): Outage[] {
  const outages: Outage[] = [];
  for (let fromMs = everyMs; fromMs < horizonMs; fromMs += everyMs + outageMs)
    outages.push({ fromMs, toMs: fromMs + outageMs });
  return outages;
}
