import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/core/simulate/simulate.ts';
import type { Choice } from '../../../src/core/simulate/world.ts';
import { eventsAt, mean, pollEvery, worldOf } from './worlds.ts';

const EVENTS = eventsAt([1200, 1300, 4700, 9900, 10_050, 20_000, 20_001, 29_999]);
const WORLD = worldOf({ horizonMs: 30_000, link: { upMs: 25, downMs: 25, serviceMs: 0, clientGapMs: 0 } });
const play = (choice: Choice) => simulate(EVENTS, WORLD, choice);

describe('the reference vector', () => {
  it('polled every second', () => {
    const played = play(pollEvery(1000));
    expect(played).toMatchObject({ requests: 30, useful: 5, wasted: 25, undelivered: 1 });
    expect(played.latenciesMs).toEqual([850, 750, 350, 150, 1000, 50, 49]);
    expect(mean(played.latenciesMs)).toBe(457);
  });

  it('polled every five seconds', () => {
    const played = play(pollEvery(5000));
    expect(played).toMatchObject({ requests: 6, useful: 4, wasted: 2, undelivered: 1 });
    expect(played.latenciesMs).toEqual([3850, 3750, 350, 150, 5000, 50, 49]);
    expect(mean(played.latenciesMs)).toBeCloseTo(1885.57, 2);
  });

  it('polled a second after each answer', () => {
    const played = play(pollEvery(1000, { timer: 'timeout' }));
    expect(played).toMatchObject({ requests: 29, useful: 4, wasted: 25, undelivered: 1 });
    expect(played.latenciesMs).toEqual([950, 850, 600, 650, 500, 1050, 1049]);
  });

  it('long-polled with holds of five seconds', () => {
    const played = play({ transport: 'long-polling', timeoutMs: 5000 });
    expect(played).toMatchObject({ requests: 11, useful: 8, wasted: 3, undelivered: 0 });
    expect(played.latenciesMs).toEqual([25, 25, 25, 25, 25, 25, 74, 25]);
    expect(mean(played.latenciesMs)).toBe(31.125);
  });

  it('long-polled with holds of thirty seconds', () => {
    const played = play({ transport: 'long-polling', timeoutMs: 30_000 });
    expect(played).toMatchObject({ requests: 8, useful: 8, wasted: 0 });
    expect(mean(played.latenciesMs)).toBe(31.125);
  });

  it('long-polled asks again where a request that is held is cut', () => {
    const world = { ...WORLD, outages: [{ fromMs: 6000, toMs: 6500 }] };
    const played = simulate(EVENTS, world, { transport: 'long-polling', timeoutMs: 30_000 });
    expect(played).toMatchObject({ requests: 9, useful: 8, wasted: 1 });
    expect(mean(played.latenciesMs)).toBe(31.125);
    const missed = simulate(
      EVENTS,
      { ...WORLD, outages: [{ fromMs: 9800, toMs: 9950 }] },
      { transport: 'long-polling', timeoutMs: 30_000 },
    );
    expect(missed.latenciesMs[3]).toBe(9950 + 25 + 25 - 9900);
  });

  it('over SSE and WebSocket arrives one way later, on one connection', () => {
    for (const choice of [{ transport: 'sse' }, { transport: 'websocket', deflate: false }] as const) {
      const played = play(choice);
      expect(played).toMatchObject({ requests: 1, useful: 1, wasted: 0, undelivered: 0, lost: 0, connectionsHeld: 1 });
      expect(played.latenciesMs).toEqual(EVENTS.map(() => 25));
    }
  });
});

describe('a simulation', () => {
  it('refuses what cannot be, and names it', () => {
    expect(() => play(pollEvery(0))).toThrow('periodMs must be above 0, it is 0');
    expect(() => simulate(EVENTS.toReversed(), WORLD, pollEvery(1))).toThrow('event 1 is earlier');
    expect(() => simulate(EVENTS, worldOf({ horizonMs: Number.NaN }), pollEvery(1))).toThrow('horizonMs');
    const link = { upMs: -1, downMs: 0, serviceMs: 0, clientGapMs: 0 };
    expect(() => simulate(EVENTS, worldOf({ link }), pollEvery(1))).toThrow('link delays must not be negative');
  });
});
