import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import type { Effort } from './advice.ts';
import { type AdviceCase, caseOf, costOf, TIE } from './case.ts';
import { type CdnCachedPolling, cdnCachedPolling } from './cdn-cached-polling.ts';
import { type ConditionalRequests, conditionalRequests } from './conditional-requests.ts';
import { type Jitter, jitter } from './jitter.ts';
import { type KeepIt, keepIt } from './keep-it.ts';
import { type LeaveLongPolling, leaveLongPolling } from './leave-long-polling.ts';
import { type MatchPeriod, matchPeriod } from './match-period.ts';
import { type MergePollers, mergePollers } from './merge-pollers.ts';
import { type SseInsteadOfOneWayWebSocket, sseInsteadOfOneWayWebSocket } from './sse-instead-of-one-way-websocket.ts';
import { type StopWhenHidden, stopWhenHidden } from './stop-when-hidden.ts';
import { type SwitchToLongPolling, switchToLongPolling } from './switch-to-long-polling.ts';
import { type SwitchToSse, switchToSse } from './switch-to-sse.ts';
import { type SwitchToWebSocket, switchToWebSocket } from './switch-to-websocket.ts';
import { type TuneInterval, tuneInterval } from './tune-interval.ts';
import { DEFAULT_WEIGHTS, type Weights } from './weights.ts';

export type Advice =
  | CdnCachedPolling
  | ConditionalRequests
  | Jitter
  | KeepIt
  | LeaveLongPolling
  | MatchPeriod
  | MergePollers
  | SseInsteadOfOneWayWebSocket
  | StopWhenHidden
  | SwitchToLongPolling
  | SwitchToSse
  | SwitchToWebSocket
  | TuneInterval;

export type RuleId = Advice['rule'];

const RULES: readonly ((given: AdviceCase) => Advice | null)[] = [
  cdnCachedPolling,
  conditionalRequests,
  jitter,
  keepIt,
  leaveLongPolling,
  matchPeriod,
  mergePollers,
  sseInsteadOfOneWayWebSocket,
  stopWhenHidden,
  switchToLongPolling,
  switchToSse,
  switchToWebSocket,
  tuneInterval,
];

/** What does not work comes before what could be cheaper; and where nothing is much cheaper, a channel's advice begins with that. */
const FIRST_OF_SESSION: readonly RuleId[] = ['switch-to-long-polling'];
const FIRST_OF_CHANNEL: readonly RuleId[] = [...FIRST_OF_SESSION, 'keep-it'];
/** Costs this close are equal: the easier change wins. */
const EFFORT_PREMIUM: Record<Effort, number> = { low: 0, medium: TIE / 2, high: TIE };

const rankOf = (first: readonly RuleId[], { rule }: Advice): number =>
  first.includes(rule) ? first.indexOf(rule) : first.length;

/** What to do about a channel, the best first; empty where nothing can be said of it. */
export function adviseOn(channel: ChannelFacts, session: SessionFacts, weights: Weights = DEFAULT_WEIGHTS): Advice[] {
  const given = caseOf(channel, session, weights);
  if (given === null) return [];
  const pointsNow = costOf(given, given.now);
  const costAfter = ({ saving, effort }: Advice) =>
    (pointsNow - saving.pointsPerHour.value) * (1 + EFFORT_PREMIUM[effort]);
  return RULES.flatMap((rule) => rule(given) ?? []).toSorted(
    (a, b) => rankOf(FIRST_OF_CHANNEL, a) - rankOf(FIRST_OF_CHANNEL, b) || costAfter(a) - costAfter(b),
  );
}

/** All advice for a session, what saves most first. */
export const advise = (session: SessionFacts, weights: Weights = DEFAULT_WEIGHTS): Advice[] =>
  session.channels
    .flatMap((channel) => adviseOn(channel, session, weights))
    .toSorted(
      (a, b) =>
        rankOf(FIRST_OF_SESSION, a) - rankOf(FIRST_OF_SESSION, b) ||
        b.saving.pointsPerHour.value - a.saving.pointsPerHour.value,
    );
