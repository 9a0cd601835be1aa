import { caseOf, costOf } from '../../core/advise/case.ts';
import { optionsOf } from '../../core/advise/compare.ts';
import {
  bytesOf,
  type Ensemble,
  estimateOf,
  meanLatencyMs,
  perHour,
  requestsOf,
} from '../../core/simulate/ensemble.ts';
import type { Estimate } from '../../core/simulate/estimate.ts';
import type { ChannelFacts, SessionFacts } from '../../core/simulate/facts.ts';
import type { Choice } from '../../core/simulate/world.ts';

/** What the same events would cost over one choice. */
export interface WhatIfRow {
  choice: Choice;
  isPresent: boolean;
  requestsPerHour: Estimate;
  bytesPerHour: Estimate;
  /** null: nothing arrives. */
  latencyMs: Estimate | null;
  pointsPerHour: number;
}

/** Today's way and the others, the cheapest first; empty where nothing can be predicted. */
export function whatIfRows(channel: ChannelFacts, session: SessionFacts): WhatIfRow[] {
  const given = caseOf(channel, session);
  if (given === null) return [];
  const rowOf = (ensemble: Ensemble, isPresent: boolean): WhatIfRow => ({
    choice: ensemble.choice,
    isPresent,
    requestsPerHour: estimateOf(ensemble, perHour(requestsOf, ensemble.horizonMs))!,
    bytesPerHour: estimateOf(ensemble, perHour(bytesOf, ensemble.horizonMs))!,
    latencyMs: estimateOf(ensemble, meanLatencyMs),
    pointsPerHour: costOf(given, ensemble),
  });
  const others = optionsOf(given).filter(
    ({ choice }) => choice.transport === 'polling' || choice.transport !== given.present.transport,
  );
  return [rowOf(given.now, true), ...others.map(({ ensemble }) => rowOf(ensemble, false))].toSorted(
    (a, b) => a.pointsPerHour - b.pointsPerHour,
  );
}
