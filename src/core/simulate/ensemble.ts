import { ascending, quantile } from '../metrics/statistics.ts';
import type { Estimate } from './estimate.ts';
import { simulate } from './simulate.ts';
import { type Choice, createPlayed, type Played, type SimulatedEvent, totalBytes, type World } from './world.ts';

/** One choice played on every history in the probable world, then in the cheapest and in the dearest. */
export interface Ensemble {
  choice: Choice;
  horizonMs: number;
  probable: Played[];
  extreme: Played[];
}

export function playAll(
  histories: readonly (readonly SimulatedEvent[])[],
  probable: World,
  extremes: readonly World[],
  choice: Choice,
): Ensemble {
  const play = (world: World): Played[] =>
    histories.map((events, i) => simulate(events, world, withPhase(choice, (i + 0.5) / histories.length)));
  return { choice, horizonMs: probable.horizonMs, probable: play(probable), extreme: extremes.flatMap(play) };
}

/** Nobody knows when a page would begin to poll: each history sees another moment of the period. */
const withPhase = (choice: Choice, share: number): Choice =>
  choice.transport === 'polling' && choice.phaseMs === null ? { ...choice, phaseMs: share * choice.periodMs } : choice;

/** A figure of the ensemble: its mean in the probable world, between the least and the most in any. Null where none has it. */
export function estimateOf(ensemble: Ensemble, figure: (played: Played) => number | null): Estimate | null {
  return summary(ensemble.probable.map(figure), ensemble.extreme.map(figure));
}

/** How much less of a figure `then` has than `now`, history by history: what is uncertain of both alike cancels out. */
export function savingOf(now: Ensemble, then: Ensemble, figure: (played: Played) => number | null): Estimate | null {
  const less = (a: Played[], b: Played[]) =>
    a.map((played, i) => {
      const [before, after] = [figure(played), figure(b[i]!)];
      return before === null || after === null ? null : before - after;
    });
  return summary(less(now.probable, then.probable), less(now.extreme, then.extreme));
}

function summary(probable: (number | null)[], extreme: (number | null)[]): Estimate | null {
  const known = probable.filter((x) => x !== null);
  if (known.length === 0) return null;
  const all = [...known, ...extreme.filter((x) => x !== null)];
  const value = known.reduce((sum, x) => sum + x, 0) / known.length;
  return { value, low: all.reduce((a, b) => Math.min(a, b)), high: all.reduce((a, b) => Math.max(a, b)) };
}

/** Figures of one simulation. */
export const requestsOf = ({ requests, sends }: Played): number => requests + sends;
export const bytesOf = ({ bytes }: Played): number => totalBytes(bytes);

/** Mean time from event to arrival; null when nothing arrived. */
export const meanLatencyMs = ({ latenciesMs }: Played): number | null =>
  latenciesMs.length === 0 ? null : latenciesMs.reduce((sum, ms) => sum + ms, 0) / latenciesMs.length;

/** A figure of the delays, such as `latencyQuantileMs(0.95)`; null when nothing arrived. */
export const latencyQuantileMs =
  (q: number) =>
  ({ latenciesMs }: Played): number | null =>
    quantile(ascending(latenciesMs), q);

export const HOUR_MS = 3_600_000;
/** How much of what came once, and of all else, an hour has. What was watched for minutes does not open again every few minutes. */
export const hourFactors = (horizonMs: number): { once: number; rest: number } => ({
  once: Math.min(HOUR_MS / horizonMs, 1),
  rest: HOUR_MS / horizonMs,
});

/** A sum over the horizon as a sum an hour; a stream that lasts is opened once. */
export const perHour =
  (figure: (played: Played) => number, horizonMs: number) =>
  (played: Played): number => {
    const { once, rest } = hourFactors(horizonMs);
    const opening = figure(openingOf(played));
    return opening * once + (figure(played) - opening) * rest;
  };

const openingOf = ({ choice, opening }: Played): Played =>
  opening === null ? createPlayed(choice) : { ...createPlayed(choice), requests: 1, ...opening };
