import { unreachable } from '../model.ts';
import { simulateLongPolling } from './long-polling.ts';
import { simulatePolling } from './polling.ts';
import { simulateSse } from './sse.ts';
import { simulateWebSocket } from './web-socket.ts';
import type { Choice, Played, SimulatedEvent, World } from './world.ts';

/**
 * What the events would have cost over the chosen transport: a discrete-event replay, exact for what it is given.
 * @throws RangeError for events out of order, a horizon or a period that is not positive.
 */
export function simulate(events: readonly SimulatedEvent[], world: World, choice: Choice): Played {
  check(events, world, choice);
  switch (choice.transport) {
    case 'polling':
      return simulatePolling(events, world, choice);
    case 'long-polling':
      return simulateLongPolling(events, world, choice);
    case 'sse':
      return simulateSse(events, world);
    case 'websocket':
      return simulateWebSocket(events, world, choice);
    default:
      return unreachable(choice);
  }
}

function check(events: readonly SimulatedEvent[], world: World, choice: Choice): void {
  const positive: [string, number][] = [['horizonMs', world.horizonMs]];
  if (choice.transport === 'polling') positive.push(['periodMs', choice.periodMs]);
  if (choice.transport === 'long-polling') positive.push(['timeoutMs', choice.timeoutMs]);
  for (const [name, value] of positive)
    if (!(value > 0)) throw new RangeError(`${name} must be above 0, it is ${value}`);
  const { upMs, downMs, serviceMs, clientGapMs } = world.link;
  if ([upMs, downMs, serviceMs, clientGapMs].some((ms) => !(ms >= 0)))
    throw new RangeError(`link delays must not be negative: ${JSON.stringify(world.link)}`);
  const { outages } = world;
  const overlap = outages.findIndex(({ fromMs, toMs }, i) => toMs < fromMs || fromMs < (outages[i - 1]?.toMs ?? 0));
  if (overlap >= 0) throw new RangeError(`outage ${overlap} ends before it begins, or overlaps the one before it`);
  const disorder = events.findIndex(({ atMs }, i) => i > 0 && atMs < events[i - 1]!.atMs);
  if (disorder > 0) throw new RangeError(`event ${disorder} is earlier than the one before it`);
}
