import {
  bytesOf,
  type Ensemble,
  estimateOf,
  HOUR_MS,
  meanLatencyMs,
  perHour,
  requestsOf,
  savingOf,
} from '../simulate/ensemble.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import { prepareWhatIf, type WhatIf } from '../simulate/what-if.ts';
import type { Choice, PollingChoice } from '../simulate/world.ts';
import type { Saving } from './advice.ts';
import { DEFAULT_WEIGHTS, pointsPerHour, type Weights } from './weights.ts';

/** One channel before the rules: what it does today, what that costs, and the means to try anything else. */
export interface AdviceCase {
  channel: ChannelFacts;
  session: SessionFacts;
  whatIf: WhatIf;
  present: Choice;
  now: Ensemble;
  weights: Weights;
}

/** Shorter recordings tell nothing. */
const MIN_WATCHED_MS = 10_000;

/** Null for channels that cannot be simulated, or were watched too briefly. */
export function caseOf(
  channel: ChannelFacts,
  session: SessionFacts,
  weights: Weights = DEFAULT_WEIGHTS,
): AdviceCase | null {
  const whatIf = prepareWhatIf(channel, session);
  if (whatIf === null || whatIf.present === null || whatIf.horizonMs < MIN_WATCHED_MS) return null;
  return { channel, session, whatIf, present: whatIf.present, now: whatIf.play(whatIf.present), weights };
}

/** The case of a channel that polls; null for any other. */
export function pollingCase(given: AdviceCase): (AdviceCase & { present: PollingChoice }) | null {
  const { present } = given;
  return present.transport === 'polling' ? { ...given, present } : null;
}

/** A choice must cost this much less than today's for a change to be worth its trouble. */
export const MIN_GAIN = 0.2;
/** Choices that cost this much the same are equal: the simpler one wins. */
export const TIE = 0.1;
/** A request every two minutes decides nothing. */
export const MIN_POINTS_PER_HOUR = 30;

/** Whether a choice costs so much less than another that it is not a matter of taste. */
export const isClearlyLess = (pointsPerHour: number, than: number): boolean =>
  than - pointsPerHour > Math.max(TIE * than, MIN_POINTS_PER_HOUR);

export function savingFrom({ now, weights }: AdviceCase, then: Ensemble): Saving {
  const { horizonMs } = now;
  return {
    requestsPerHour: savingOf(now, then, perHour(requestsOf, horizonMs))!,
    bytesPerHour: savingOf(now, then, perHour(bytesOf, horizonMs))!,
    stalenessMs: { from: estimateOf(now, meanLatencyMs), to: estimateOf(then, meanLatencyMs) },
    pointsPerHour: savingOf(now, then, pointsPerHour(weights, horizonMs))!,
  };
}

/** Points an hour, in the probable world. */
export const costOf = ({ weights }: AdviceCase, ensemble: Ensemble): number =>
  estimateOf(ensemble, pointsPerHour(weights, ensemble.horizonMs))!.value;

/** Whether a saving is enough to act on. */
export function isWorthIt(given: AdviceCase, pointsSavedPerHour: number): boolean {
  return pointsSavedPerHour >= Math.max(MIN_GAIN * costOf(given, given.now), MIN_POINTS_PER_HOUR);
}

export const eventsPerMinute = ({ whatIf }: AdviceCase): number =>
  (whatIf.inferred.events.length * 60_000) / whatIf.horizonMs;

export const sendsPerMinute = ({ whatIf }: AdviceCase): number =>
  (whatIf.world.sends.length * 60_000) / whatIf.horizonMs;

/** So many a recording as so many an hour. */
export const anHour = (count: number, { whatIf }: AdviceCase): number => (count * HOUR_MS) / whatIf.horizonMs;
