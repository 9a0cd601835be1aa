import { isClearlyLess } from '../../src/core/advise/case.ts';
import { DEFAULT_WEIGHTS, pointsOf } from '../../src/core/advise/weights.ts';
import { type Raced, TECHNIQUES } from '../demo/race.ts';
import type { Cost } from './measure.ts';

/** How far a prediction may be off. */
const SHARE = 0.05;
const LATENCY_SHARE = 0.1;
const LATENCY_MS = 5;
const COUNT = 1;

export type Figure = 'requests' | 'bytes' | 'meanLatencyMs' | 'coalesced' | 'lost';

/** The figures that are further off than promised. */
export function missesOf(predicted: Cost, measured: Cost): Figure[] {
  const off = (figure: Figure) => Math.abs(predicted[figure] - measured[figure]);
  const isMet: Record<Figure, boolean> = {
    requests: off('requests') <= SHARE * measured.requests,
    bytes: off('bytes') <= SHARE * measured.bytes,
    meanLatencyMs: off('meanLatencyMs') <= Math.max(LATENCY_SHARE * measured.meanLatencyMs, LATENCY_MS),
    coalesced: off('coalesced') <= COUNT,
    lost: off('lost') <= COUNT,
  };
  return (Object.keys(isMet) as Figure[]).filter((figure) => !isMet[figure]);
}

/** The cheapest by prediction, the cheapest in truth, and whether the one is as good as the other under the advice's own tie. */
export function judgeAdvice(predicted: Record<Raced, Cost>, measured: Record<Raced, Cost>, seconds: number) {
  const perHour = ({ tally }: Cost) => (pointsOf(tally, DEFAULT_WEIGHTS) * 3600) / seconds;
  const cheapest = (costs: Record<Raced, Cost>) =>
    TECHNIQUES.reduce((best, technique) => (perHour(costs[technique]) < perHour(costs[best]) ? technique : best));
  const [advised, best] = [cheapest(predicted), cheapest(measured)];
  return { advised, best, isRight: !isClearlyLess(perHour(measured[best]), perHour(measured[advised])) };
}
