import { median, robustVariation } from '../metrics/statistics.ts';

/** How well a run of gaps fits a timer, against the hypothesis that there is none. */
export interface TimerFit {
  /** 'start-to-start': setInterval; 'end-to-start': setTimeout after each response. */
  basis: 'start-to-start' | 'end-to-start';
  periodMs: number;
  /** Robust coefficient of variation of the gaps. */
  variation: number;
  /** Distance of the gap farthest from the median, in natural-log units. */
  farthest: number;
  /** Probability that a timer made them. */
  p: number;
  of: number;
}

/** A width with its logarithm, which would be taken again for each gap. */
interface Width {
  s: number;
  log: number;
}
const widthOf = (s: number): Width => ({ s, log: Math.log(s) });

/** Widths, in natural-log units, which a timer's jitter and an absence of one are averaged over (Bayesian marginal likelihood). */
const TIMER_WIDTHS = [0.02, 0.05, 0.1, 0.2].map(widthOf);
const OTHER_WIDTHS = [0.5, 1, 1.5, 2].map(widthOf);
/** A tenth of a timer's gaps may be anything: a tab asleep, a slow answer. */
const OUTLIER_SHARE = 0.1;
const OUTLIER = widthOf(1.5);
/** Price of choosing the better of two bases, and log odds against a timer: what people do is common, and must not be taken for one. */
const CHOICE_PENALTY = 0.7;
const PRIOR = 3;
/** The model is calibrated on made-up traffic: it never claims certainty, which only facts give. */
const MAX_P = 0.999;

/**
 * The better fitting of both bases; null with fewer than two gaps.
 * Log-likelihood ratio of "equal gaps with jitter" against "gaps of any size".
 */
export function fitTimer(startToStartMs: readonly number[], endToStartMs: readonly number[]): TimerFit | null {
  if (startToStartMs.length < 2) return null;
  const s2s = logLikelihoodRatio(startToStartMs);
  const e2s = logLikelihoodRatio(endToStartMs);
  const basis = e2s > s2s ? 'end-to-start' : 'start-to-start';
  const gaps = basis === 'end-to-start' ? endToStartMs : startToStartMs;
  const p = Math.min(1 / (1 + Math.exp(-(Math.max(s2s, e2s) - CHOICE_PENALTY - PRIOR))), MAX_P);
  const periodMs = median(gaps)!;
  const farthest = Math.max(...gaps.map((gap) => Math.abs(Math.log(Math.max(gap, 1) / Math.max(periodMs, 1)))));
  return { basis, periodMs, variation: robustVariation(gaps) ?? 0, farthest, p, of: gaps.length };
}

/** So many gaps in a row, none farther than this (natural-log units) from their median, are a timer whatever came before. */
const STEADY_GAPS = 7;
const STEADY_SPREAD = 0.1;

/** A timer that has been running of late, after another pace or a growing one; null when the last gaps are not steady. */
export function fitSteadyTail(startToStartMs: readonly number[], endToStartMs: readonly number[]): TimerFit | null {
  if (startToStartMs.length < STEADY_GAPS) return null;
  const fit = fitTimer(startToStartMs.slice(-STEADY_GAPS), endToStartMs.slice(-STEADY_GAPS));
  return fit !== null && fit.farthest <= STEADY_SPREAD ? fit : null;
}

function logLikelihoodRatio(gaps: readonly number[]): number {
  const logs = gaps.map((gap) => Math.log(Math.max(gap, 1)));
  const centre = median(logs)!;
  let total = 0;
  for (const y of logs) total += y;
  const mean = total / logs.length;
  const outlier = logs.map((y) => LOG_OUTLIER_SHARE + logNormal(y, centre, OUTLIER));
  const timer = TIMER_WIDTHS.map((width) => {
    let sum = 0;
    for (let i = 0; i < logs.length; i++)
      sum += logAdd(LOG_OTHERS_SHARE + logNormal(logs[i]!, centre, width), outlier[i]!);
    return sum;
  });
  const other = OTHER_WIDTHS.map((width) => {
    let sum = 0;
    for (let i = 0; i < logs.length; i++) sum += logNormal(logs[i]!, mean, width);
    return sum;
  });
  return logMean(timer) - logMean(other);
}

const LOG_OUTLIER_SHARE = Math.log(OUTLIER_SHARE);
const LOG_OTHERS_SHARE = Math.log(1 - OUTLIER_SHARE);
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

const logNormal = (y: number, m: number, { s, log }: Width): number => -0.5 * ((y - m) / s) ** 2 - log - HALF_LOG_2PI;
const logAdd = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
const logMean = (logs: readonly number[]): number => logs.reduce(logAdd) - Math.log(logs.length);
