import { addAsk, addReply, addSends } from './bytes.ts';
import { type Choice, createPlayed, type Played, type SimulatedEvent, type World } from './world.ts';

/**
 * The events, in order, over long polling (RFC 6202 §2): the server answers at once what it has, else at the next event, else
 * after the timeout with nothing. One request is under way at any time. What cuts a stream cuts a request that is held then.
 */
export function simulateLongPolling(
  events: readonly SimulatedEvent[],
  world: World,
  choice: Extract<Choice, { transport: 'long-polling' }>,
): Played {
  const { link, horizonMs, heads, outages } = world;
  const played = createPlayed(choice);
  const { bytes, latenciesMs } = played;
  let next = 0;
  let sentMs = 0;
  let gapsMs = 0;
  let idleMs = 0;
  while (sentMs < horizonMs) {
    played.requests++;
    addAsk(bytes, heads.poll, world);
    const heardMs = sentMs + link.upMs;
    const answerMs = Math.min(Math.max(events[next]?.atMs ?? Infinity, heardMs), heardMs + choice.timeoutMs);
    const cut = outages.find(({ fromMs }) => fromMs > heardMs && fromMs < answerMs && fromMs < horizonMs);
    if (cut !== undefined) {
      played.wasted++;
      gapsMs += cut.toMs - cut.fromMs;
      sentMs = cut.toMs;
      continue;
    }
    if (answerMs > horizonMs) {
      played.pending++;
      break;
    }
    const arrivalMs = answerMs + link.serviceMs + link.downMs;
    const first = next;
    let contentBytes = 0;
    while (next < events.length && events[next]!.atMs <= answerMs) {
      contentBytes += events[next]!.payloadBytes;
      latenciesMs.push(arrivalMs - events[next]!.atMs);
      next++;
    }
    if (next > first) {
      played.useful++;
      contentBytes += world.envelopeBytes;
    } else {
      played.wasted++;
      contentBytes = world.emptyReplyBytes;
    }
    addReply(bytes, next > first ? heads.poll : heads.empty, world, contentBytes);
    sentMs = arrivalMs + link.clientGapMs;
    gapsMs += link.clientGapMs;
    idleMs += Math.min(link.clientGapMs, world.keepAliveMs);
  }
  played.undelivered = events.length - next;
  played.connectionsHeld = Math.max(1 - gapsMs / horizonMs, 0);
  played.connectionsIdle = idleMs / horizonMs;
  addSends(played, world);
  return played;
}
