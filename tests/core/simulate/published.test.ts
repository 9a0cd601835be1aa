import { describe, expect, it } from 'vitest';
import { atScale } from '../../../src/core/simulate/scale.ts';
import { simulate } from '../../../src/core/simulate/simulate.ts';
import type { Choice } from '../../../src/core/simulate/world.ts';
import { eventsAt, mean, poissonTimes, pollEvery, regularTimes, worldOf } from './worlds.ts';

const SOCKET: Choice = { transport: 'websocket', deflate: false };
const LONG_POLL: Choice = { transport: 'long-polling', timeoutMs: 60_000 };

describe('Lubbers & Greco 2010: one message a second, 871 characters of headers', () => {
  const SECONDS = 100;
  const world = worldOf({ horizonMs: SECONDS * 1000 });
  // A share of 700 and 171: the article gives their sum alone.
  const heads = { requestBytes: 700, responseBytes: 171 };
  const polling = { ...world, heads: { ...world.heads, poll: heads, empty: heads } };
  const events = eventsAt(regularTimes(1000, SECONDS, 500));
  const mibitPerSecond = (choice: Choice, clients: number) => {
    const played = simulate(events, choice.transport === 'polling' ? polling : world, choice);
    return (atScale(played, world.horizonMs, clients).bytesPerSecond * 8) / 2 ** 20;
  };

  it.each([
    [1000, 6.6, 0.015],
    [10_000, 66, 0.153],
    [100_000, 665, 1.526],
  ])('%d clients take %d Mibit/s of polling and %d of WebSocket', (clients, byPolling, byWebSocket) => {
    const polled = mibitPerSecond(pollEvery(1000), clients);
    const pushed = mibitPerSecond(SOCKET, clients);
    expect(polled / clients).toBeCloseTo(0.006645, 6);
    expect(pushed / clients).toBeCloseTo(0.00001526, 8);
    // The article rounds some of its figures and cuts others.
    expect(Math.abs(polled / byPolling - 1)).toBeLessThan(0.02);
    expect(Math.abs(pushed / byWebSocket - 1)).toBeLessThan(0.02);
  });

  it('their requests and connections grow with the clients, up to a million', () => {
    const load = atScale(simulate(events, polling, pollEvery(1000)), world.horizonMs, 1_000_000);
    expect(load.requestsPerSecond).toBe(1_000_000);
    expect(atScale(simulate(events, world, SOCKET), world.horizonMs, 1_000_000).connectionsHeld).toBe(1_000_000);
  });
});

it('RFC 6202: long polling takes one transit on average, three at most', () => {
  const transitMs = 50;
  const horizonMs = 1e9;
  const link = { upMs: transitMs, downMs: transitMs, serviceMs: 0, clientGapMs: 0 };
  const events = eventsAt(poissonTimes(1 / 10_000, horizonMs, 6202));
  const { latenciesMs } = simulate(events, worldOf({ horizonMs, link }), LONG_POLL);
  expect(mean(latenciesMs)).toBeCloseTo(50.5, 1);
  const longest = latenciesMs.reduce((a, b) => Math.max(a, b));
  expect(longest).toBeLessThanOrEqual(3 * transitMs);
  expect(longest).toBeGreaterThan(2.9 * transitMs);
});

it('Bozdag et al. 2007: half in vain at E/2, nothing missed or in vain at E, half missed at 2E', () => {
  const eventMs = 500;
  const events = eventsAt(regularTimes(eventMs, 1000, 100));
  const world = worldOf({ horizonMs: 1000 * eventMs });
  const [fast, fit, slow] = [0.5, 1, 2].map((factor) => {
    const played = simulate(events, world, pollEvery(factor * eventMs, { mode: 'snapshot', phaseMs: 125 }));
    return { waste: played.wasted / played.requests, loss: played.coalesced / events.length };
  });
  expect(fast).toEqual({ waste: 0.5, loss: 0 });
  expect(fit).toEqual({ waste: 0, loss: 0 });
  expect(slow!.waste).toBe(0);
  expect(slow!.loss).toBeCloseTo(0.5, 2);
});

describe('Aquil.io 2017: five messages, one a second', () => {
  const events = eventsAt(regularTimes(1000, 5));
  /** Until the last message is there. */
  const world = worldOf({ horizonMs: 4026 });
  const counts = (choice: Choice) => {
    const { requests, useful, wasted } = simulate(events, world, choice);
    return { requests, useful, wasted };
  };

  it('take 15 to 16 polls every 250 ms, five of them useful', () => {
    expect(counts(pollEvery(250, { phaseMs: 275 }))).toEqual({ requests: 16, useful: 5, wasted: 11 });
  });
  it('take five long polls, and one that waits for a sixth', () => {
    expect(counts(LONG_POLL)).toEqual({ requests: 6, useful: 5, wasted: 0 });
  });
  it('take one request over SSE and one over WebSocket', () => {
    expect(counts({ transport: 'sse' }).requests).toBe(1);
    expect(counts(SOCKET).requests).toBe(1);
  });
});
