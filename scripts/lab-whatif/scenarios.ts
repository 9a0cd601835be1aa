import type { Raced } from '../demo/race.ts';

/** One playing of the same events over four transports. */
export interface LabScenario {
  name: string;
  /** Parameters of the test server's run: see `scenarioFromParams` and `faultsFromParams`. */
  run: Record<string, string | number>;
  /** How long the clients run. */
  seconds: number;
  pollMs: number;
  holdMs: number;
  /** Polls are told only the newest event, and how many it stands for. */
  snapshot: boolean;
  /** Channels from which the others are predicted: one that cannot see what happens cannot foretell it. */
  capture: readonly Raced[];
}

const ALL = ['polling', 'long-polling', 'sse', 'websocket'] as const;
/** Polls see nothing of states that replaced one another, of lost connections, of how a round trip divides: only streams tell. */
const STREAMS = ['sse', 'websocket'] as const;
const SEED = 11;

/** No multiple of it is one of the periods of regular events: which of two polls an event falls to is not decided by a millisecond. */
const POLL_MS = 470;
/**
 * An event that just misses a poll waits for a whole period: among eight events that one alone moves their mean by a fifth, among
 * forty by a twentieth. So rare events are watched for longer.
 */
const MIN_EVENTS = 40;
const MIN_SECONDS = 32;
const secondsFor = (rate: number): number => Math.max(MIN_EVENTS / rate, MIN_SECONDS);

const KINDS = ['regular', 'poisson', 'burst'] as const;
/** A long poll that is answered before a quarter of a second is over cannot be told from a poll, so events are no more frequent. */
const RATES = [0.5, 1, 3];

/**
 * Events of a burst are 8 ms apart. Without a network that is as long as the browser takes from an answer to its next long poll
 * (5 to 32 ms, by chance), so that chance alone says how many polls a burst takes: even with the turns of the very run drawn
 * anew, the number of requests is within 5 % in one run out of three. Over a network the way decides it, and one so long that
 * 10 ms of the browser are less than the tenth by which a mean may be off.
 */
const WAY: Record<(typeof KINDS)[number], Record<string, number>> = {
  regular: {},
  poisson: {},
  burst: { delayUp: 60, delayDown: 60 },
};

const plain = KINDS.flatMap((kind) =>
  RATES.map(
    (rate): LabScenario => ({
      name: `${kind} ${rate}/s${kind === 'burst' ? ', 60 + 60 ms' : ''}`,
      run: { kind, rate, seed: SEED, ...WAY[kind] },
      seconds: secondsFor(rate),
      pollMs: POLL_MS,
      holdMs: 4000,
      snapshot: false,
      capture: ALL,
    }),
  ),
);

export const SCENARIOS: readonly LabScenario[] = [
  ...plain,
  {
    name: 'poisson 2/s, 30 + 70 ms',
    run: { kind: 'poisson', rate: 2, seed: SEED, delayUp: 30, delayDown: 70 },
    seconds: secondsFor(2),
    pollMs: POLL_MS,
    holdMs: 4000,
    snapshot: false,
    capture: STREAMS,
  },
  {
    name: 'burst 4/s, 80 + 80 ms',
    run: { kind: 'burst', rate: 4, seed: SEED, delayUp: 80, delayDown: 80 },
    seconds: secondsFor(4),
    pollMs: POLL_MS,
    holdMs: 4000,
    snapshot: false,
    capture: ALL,
  },
  {
    name: 'poisson 4/s, state',
    run: { kind: 'poisson', rate: 4, seed: SEED },
    // Of states that replace one another polls are told less than half: chance moves their mean as far as that of so few.
    seconds: 3 * secondsFor(4),
    pollMs: POLL_MS,
    holdMs: 4000,
    snapshot: true,
    capture: STREAMS,
  },
  {
    name: 'poisson 4/s, drops',
    run: { kind: 'poisson', rate: 4, seed: SEED, dropEvery: 6000 },
    seconds: secondsFor(4),
    pollMs: POLL_MS,
    holdMs: 4000,
    snapshot: false,
    capture: STREAMS,
  },
];
