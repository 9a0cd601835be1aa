import { createRandom } from '../../../src/core/simulate/random.ts';
import type { PollingChoice, SimulatedEvent, World } from '../../../src/core/simulate/world.ts';

/** A world without delays or sizes, but for what is given. */
export const worldOf = (given: Partial<World>): World => ({
  horizonMs: 30_000,
  link: { upMs: 0, downMs: 0, serviceMs: 0, clientGapMs: 0 },
  httpVersion: 'http/1.1',
  heads: {
    poll: NO_HEADS,
    empty: NO_HEADS,
    notModified: NO_HEADS,
    stream: NO_HEADS,
    webSocket: NO_HEADS,
    send: NO_HEADS,
  },
  askBytes: 0,
  envelopeBytes: 0,
  emptyReplyBytes: 0,
  bodyRatio: 1,
  eventFieldBytes: 0,
  keepAliveMs: 0,
  heartbeatMs: null,
  outages: [],
  replay: true,
  sends: [],
  ...given,
});

const NO_HEADS = { requestBytes: 0, responseBytes: 0 };

export const pollEvery = (periodMs: number, given: Partial<PollingChoice> = {}): PollingChoice => ({
  transport: 'polling',
  periodMs,
  timer: 'interval',
  conditional: false,
  mode: 'log',
  phaseMs: 0,
  ...given,
});

export const eventsAt = (timesMs: readonly number[], payloadBytes = 0): SimulatedEvent[] =>
  timesMs.map((atMs) => ({ atMs, payloadBytes, deflatedBytes: null }));

/** Poisson events up to the horizon, the same for the same seed. */
export function poissonTimes(eventsPerMs: number, horizonMs: number, seed: number): number[] {
  const random = createRandom(seed);
  const times: number[] = [];
  for (let at = 0; ; ) {
    at -= Math.log(1 - random()) / eventsPerMs;
    if (at > horizonMs) return times;
    times.push(at);
  }
}

export const regularTimes = (periodMs: number, count: number, fromMs = 0): number[] =>
  Array.from({ length: count }, (_, i) => fromMs + i * periodMs);

export const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
