import { describe, expect, it } from 'vitest';
import { bytesOf, HOUR_MS, perHour, requestsOf } from '../../../src/core/simulate/ensemble.ts';
import { atScale } from '../../../src/core/simulate/scale.ts';
import { simulate } from '../../../src/core/simulate/simulate.ts';
import type { Choice, World } from '../../../src/core/simulate/world.ts';
import { eventsAt, pollEvery, regularTimes, worldOf } from './worlds.ts';

const MINUTE_MS = 60_000;
const HEADS = { requestBytes: 500, responseBytes: 100 };
const STREAMS: Choice[] = [{ transport: 'sse' }, { transport: 'websocket', deflate: false }];

/** Six events of ten bytes in what was watched. */
function played(choice: Choice, given: Partial<World> = {}) {
  const world = worldOf({ horizonMs: MINUTE_MS, ...given });
  const heads = { ...world.heads, poll: HEADS, empty: HEADS, stream: HEADS, webSocket: HEADS };
  const events = eventsAt(regularTimes(world.horizonMs / 6, 6, 1), 10);
  return { ...world, is: simulate(events, { ...world, heads }, choice) };
}

describe.each(STREAMS)('an hour of $transport, as a minute of it tells', (choice) => {
  it('has one opening', () => {
    const { is, horizonMs } = played(choice);
    expect(perHour(requestsOf, horizonMs)(is)).toBe(1);
    expect(perHour(({ bytes }) => bytes.requestHeader, horizonMs)(is)).toBe(500);
    expect(perHour(({ bytes }) => bytes.payload, horizonMs)(is)).toBe(60 * 60);
  });

  it('has one more for each loss', () => {
    const { is, horizonMs } = played(choice, { outages: [{ fromMs: 20_000, toMs: 20_500 }] });
    expect(perHour(requestsOf, horizonMs)(is)).toBe(1 + 60);
    expect(perHour(({ bytes }) => bytes.responseHeader, horizonMs)(is)).toBe(100 * (1 + 60));
  });

  it('wastes its opening where nothing comes, once', () => {
    const world = worldOf({ horizonMs: MINUTE_MS });
    expect(perHour(({ wasted }) => wasted, MINUTE_MS)(simulate([], world, choice))).toBe(1);
  });

  it('costs a server of many clients the same', () => {
    const { is, horizonMs } = played(choice);
    const load = atScale(is, horizonMs, 7200);
    expect(load.requestsPerSecond).toBeCloseTo(2, 9);
    expect(load.bytesPerSecond).toBeCloseTo(2 * perHour(bytesOf, horizonMs)(is), 6);
  });
});

it('what was watched for longer is divided, its opening too', () => {
  const { is, horizonMs } = played({ transport: 'sse' }, { horizonMs: 4 * HOUR_MS });
  expect(perHour(requestsOf, horizonMs)(is)).toBe(0.25);
});

it('polls are asked for again and again: all of them count', () => {
  const { is, horizonMs } = played(pollEvery(10_000));
  expect(perHour(requestsOf, horizonMs)(is)).toBe(60 * is.requests);
});
