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

/** A width with what would be worked out again for each gap: the peak of a normal distribution so wide, and that peak's logarithm. */
interface Width {
  s: number;
  peak: number;
  logPeak: number;
}
const widthOf = (s: number): Width => {
  const peak = 1 / (s * Math.sqrt(2 * Math.PI));
  return { s, peak, logPeak: Math.log(peak) };
};

/** Widths, in natural-log units, which a timer's jitter and an absence of one are averaged over (Bayesian marginal likelihood). */
const TIMER_WIDTHS = [0.02, 0.05, 0.1, 0.2].map(widthOf);
const OTHER_WIDTHS = [0.5, 1, 1.5, 2].map(widthOf);
/**
 * A timer that spreads its clients over time on purpose draws its gaps evenly from the period ± 30 %, and a bit for how long each
 * request takes. Where the middle lies is read off the gaps themselves, which costs log odds.
 */
const EVEN_JITTER = 0.32;
const EVEN_PENALTY = 1;
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
  const outliers = logs.map((y) => OUTLIER_SHARE * normal(y - centre, OUTLIER));
  const timers = TIMER_WIDTHS.map((width) =>
    logLikelihood(outliers, (i) => (1 - OUTLIER_SHARE) * normal(logs[i]! - centre, width)),
  );
  timers.push(logLikelihood(outliers, evenly(gaps)) - EVEN_PENALTY);
  return logMean(timers) - logMean(otherLogLikelihoods(logs));
}

/** Density of gaps spread evenly around the middle between the shortest and the longest: in logarithms it is their share of it. */
function evenly(gaps: readonly number[]): (i: number) => number {
  const middle = Math.max((Math.min(...gaps) + Math.max(...gaps)) / 2, 1);
  return (i) => {
    const ratio = Math.max(gaps[i]!, 1) / middle;
    return Math.abs(ratio - 1) > EVEN_JITTER ? 0 : ((1 - OUTLIER_SHARE) * ratio) / (2 * EVEN_JITTER);
  };
}

/** A product nearer to the smallest number than this is taken as its logarithm before it goes on. */
const SMALL = 1e-100;
const LARGE = 1e100;

/** That a timer of such density made these gaps, a share of them outliers. Multiplied up, as a logarithm for each would cost far more. */
function logLikelihood(outliers: readonly number[], density: (i: number) => number): number {
  let total = 0;
  let product = 1;
  for (let i = 0; i < outliers.length; i++) {
    product *= density(i) + outliers[i]!;
    if (product > SMALL && product < LARGE) continue;
    total += Math.log(product);
    product = 1;
  }
  return total + Math.log(product);
}

/** That no timer made them, for each width. */
function otherLogLikelihoods(logs: readonly number[]): number[] {
  let total = 0;
  for (const y of logs) total += y;
  const mean = total / logs.length;
  let squares = 0;
  for (const y of logs) squares += (y - mean) ** 2;
  return OTHER_WIDTHS.map(({ s, logPeak }) => logs.length * logPeak - (0.5 * squares) / s ** 2);
}

const normal = (distance: number, { s, peak }: Width): number => peak * Math.exp(-0.5 * (distance / s) ** 2);
const logAdd = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
const logMean = (logs: readonly number[]): number => logs.reduce(logAdd) - Math.log(logs.length);
