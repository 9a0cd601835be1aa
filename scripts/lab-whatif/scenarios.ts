import type { Raced } from '../demo/race.ts';

/** One playing of the same events over four transports. */
export interface LabScenario {
  name: string;
  /** Parameters of the test server's run: see `scenarioFromParams` and `faultsFromParams`. */
  run: Record<string, string | number>;
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

const KINDS = ['regular', 'poisson', 'burst'] as const;
/** A long poll that is answered before a quarter of a second is over cannot be told from a poll, so events are no more frequent. */
const RATES = [0.5, 1, 3];

/**
 * Events of a burst are 8 ms apart. Without a network that is as long as the browser takes from an answer to its next long poll
 * (5 to 32 ms, by chance), so that chance alone says how many polls a burst takes: even with the turns of the very run drawn
 * anew, the number of requests is within 5 % in one run out of three. Over a network the way decides it, and one so long that
 * 10 ms of the browser are less than the tenth by which a mean may be off: the fewest bursts of a run are two.
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
      pollMs: 500,
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
    pollMs: 500,
    holdMs: 4000,
    snapshot: false,
    capture: STREAMS,
  },
  {
    name: 'burst 4/s, 80 + 80 ms',
    run: { kind: 'burst', rate: 4, seed: SEED, delayUp: 80, delayDown: 80 },
    pollMs: 500,
    holdMs: 4000,
    snapshot: false,
    capture: ALL,
  },
  {
    name: 'poisson 4/s, state',
    run: { kind: 'poisson', rate: 4, seed: SEED },
    pollMs: 500,
    holdMs: 4000,
    snapshot: true,
    capture: STREAMS,
  },
  {
    name: 'poisson 4/s, drops',
    run: { kind: 'poisson', rate: 4, seed: SEED, dropEvery: 6000 },
    pollMs: 500,
    holdMs: 4000,
    snapshot: false,
    capture: STREAMS,
  },
];
