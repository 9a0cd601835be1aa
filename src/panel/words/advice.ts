import type { CaveatId, Change, ChangeId, Effort } from '../../core/advise/advice.ts';
import type { Advice, RuleId } from '../../core/advise/rules.ts';
import { unreachable } from '../../core/model.ts';
import { decimal } from './advice-numbers.ts';
import { bytes, count, duration, percent } from './numbers.ts';
import { type MessageKey, plural, t } from './t.ts';
import { transportName } from './transports.ts';

/** What to do, in one line. */
export function adviceTitle(advice: Advice): string {
  switch (advice.rule) {
    case 'tune-interval':
      return t('advice_tuneInterval_title', duration(advice.evidence.bestPeriodMs), duration(advice.evidence.periodMs));
    case 'match-period':
      return t('advice_matchPeriod_title');
    case 'conditional-requests':
      return t('advice_conditionalRequests_title');
    case 'cdn-cached-polling':
      return t('advice_cdnCachedPolling_title');
    case 'jitter':
      return t('advice_jitter_title');
    case 'keep-it':
      return t('advice_keepIt_title', transportName(advice.transport));
    case 'leave-long-polling':
      return t('advice_leaveLongPolling_title', transportName(advice.transport));
    case 'merge-pollers':
      return plural(
        advice.evidence.others,
        { one: 'advice_mergePollers_title_one', other: 'advice_mergePollers_title_other' },
        count(advice.evidence.others),
      );
    case 'sse-instead-of-one-way-websocket':
      return t('advice_sseInsteadOfOneWayWebSocket_title');
    case 'stop-when-hidden':
      return t('advice_stopWhenHidden_title');
    case 'switch-to-long-polling':
      return t('advice_switchToLongPolling_title');
    case 'switch-to-sse':
      return t('advice_switchToSse_title');
    case 'switch-to-websocket':
      return t('advice_switchToWebSocket_title');
    default:
      return unreachable(advice);
  }
}

/** The facts that an advice rests on, as sentences. */
export function adviceEvidence(advice: Advice): string[] {
  switch (advice.rule) {
    case 'tune-interval': {
      const { wastedShare, bestPeriodMs, bestWastedShare, events } = advice.evidence;
      const [now, then] = [percent(wastedShare), percent(bestWastedShare)];
      return [t('advice_tuneInterval_evidence', now, duration(bestPeriodMs), then, count(events))];
    }
    case 'match-period': {
      const { eventPeriodMs, variation, of, periodMs } = advice.evidence;
      const parts = [duration(eventPeriodMs), percent(variation), count(of), duration(periodMs)];
      return [t('advice_matchPeriod_evidence', ...parts)];
    }
    case 'conditional-requests': {
      const { repeated, of, repeatedBytes, volatileOnly, hasValidator, noStore } = advice.evidence;
      return [
        t('advice_conditionalRequests_evidence', count(repeated), count(of), bytes(repeatedBytes)),
        ...(volatileOnly > 0 ? [t('advice_conditionalRequests_volatile', count(volatileOnly))] : []),
        ...(hasValidator ? [t('advice_conditionalRequests_validator')] : []),
        ...(noStore ? [t('advice_conditionalRequests_noStore')] : []),
      ];
    }
    case 'cdn-cached-polling': {
      const {
        periodMs,
        maxAgeMs,
        clients,
        originRequestsPerHour: { from, to },
      } = advice.evidence;
      const parts = [duration(periodMs), duration(maxAgeMs), count(clients), count(to), count(from)];
      return [t('advice_cdnCachedPolling_evidence', ...parts)];
    }
    case 'jitter': {
      const { evidence } = advice;
      return evidence.kind === 'on-the-dot'
        ? [t('advice_jitter_onTheDot', duration(evidence.periodMs), duration(evidence.medianOffMs), count(evidence.of))]
        : [t('advice_jitter_fixedRetry', count(evidence.of), duration(evidence.delayMs), percent(evidence.variation))];
    }
    case 'keep-it':
      return keepItEvidence(advice.evidence);
    case 'leave-long-polling': {
      const { eventsPerTurnaround, turnaroundMs, eventsPerMinute } = advice.evidence;
      const parts = [decimal(eventsPerTurnaround), duration(turnaroundMs), decimal(eventsPerMinute)];
      return [t('advice_leaveLongPolling_evidence', ...parts)];
    }
    case 'merge-pollers': {
      const { channelIds, periodMs } = advice.evidence;
      return [t('advice_mergePollers_evidence', count(channelIds.length), duration(periodMs))];
    }
    case 'sse-instead-of-one-way-websocket': {
      const { received, sent, reconnects } = advice.evidence;
      return [t('advice_sseInsteadOfOneWayWebSocket_evidence', count(received), count(sent), count(reconnects))];
    }
    case 'stop-when-hidden': {
      const { hiddenPolls, of, hiddenMs, usefulHiddenPolls } = advice.evidence;
      const parts = [count(hiddenPolls), count(of), duration(hiddenMs), count(usefulHiddenPolls)];
      return [t('advice_stopWhenHidden_evidence', ...parts)];
    }
    case 'switch-to-long-polling':
      return [t('advice_switchToLongPolling_evidence', count(advice.evidence.failed), count(advice.evidence.attempts))];
    case 'switch-to-sse': {
      const { events, eventsPerMinute, sendsPerMinute } = advice.evidence;
      const forms = { one: 'advice_switchToSse_evidence_one', other: 'advice_switchToSse_evidence_other' } as const;
      return [plural(events, forms, count(events), decimal(eventsPerMinute), decimal(sendsPerMinute))];
    }
    case 'switch-to-websocket': {
      const { events, eventsPerMinute, sends, sendsPerMinute, binary } = advice.evidence;
      const parts = [count(events), decimal(eventsPerMinute), count(sends), decimal(sendsPerMinute)];
      return [
        t('advice_switchToWebSocket_evidence', ...parts),
        ...(binary ? [t('advice_switchToWebSocket_binary')] : []),
      ];
    }
    default:
      return unreachable(advice);
  }
}

function keepItEvidence({
  eventsPerMinute,
  pointsPerHour,
  others,
}: Extract<Advice, { rule: 'keep-it' }>['evidence']): string[] {
  const named = others.map(({ transport, periodMs, pointsPerHour: points }) =>
    periodMs === null
      ? t('advice_keepIt_other', transportName(transport), count(points))
      : t('advice_keepIt_otherAt', transportName(transport), duration(periodMs), count(points)),
  );
  return [
    t('advice_keepIt_evidence', decimal(eventsPerMinute), count(pointsPerHour)),
    t('advice_keepIt_others', named.join(', ')),
  ];
}

const HOW: Record<RuleId, MessageKey> = {
  'tune-interval': 'advice_tuneInterval_how',
  'match-period': 'advice_matchPeriod_how',
  'conditional-requests': 'advice_conditionalRequests_how',
  'cdn-cached-polling': 'advice_cdnCachedPolling_how',
  jitter: 'advice_jitter_how',
  'keep-it': 'advice_keepIt_how',
  'leave-long-polling': 'advice_leaveLongPolling_how',
  'merge-pollers': 'advice_mergePollers_how',
  'sse-instead-of-one-way-websocket': 'advice_sseInsteadOfOneWayWebSocket_how',
  'stop-when-hidden': 'advice_stopWhenHidden_how',
  'switch-to-long-polling': 'advice_switchToLongPolling_how',
  'switch-to-sse': 'advice_switchToSse_how',
  'switch-to-websocket': 'advice_switchToWebSocket_how',
};

export const adviceHow = ({ rule }: Advice): string => t(HOW[rule]);

const EFFORTS: Record<Effort, MessageKey> = {
  low: 'advice_effort_low',
  medium: 'advice_effort_medium',
  high: 'advice_effort_high',
};

export const effortText = (effort: Effort): string => t(EFFORTS[effort]);

const CHANGES: Record<ChangeId, MessageKey> = {
  'server-cannot-be-changed': 'advice_change_serverCannotBeChanged',
  'server-can-push': 'advice_change_serverCanPush',
  'period-above-ms': 'advice_change_periodAbove',
  'events-per-minute-above': 'advice_change_eventsAbove',
  'events-per-minute-below': 'advice_change_eventsBelow',
  'sends-per-minute-above': 'advice_change_sendsAbove',
  'mean-staleness-below-ms': 'advice_change_staleness',
  'data-becomes-personal': 'advice_change_personal',
  'events-become-irregular': 'advice_change_irregular',
  'path-lets-streams-through': 'advice_change_pathOpens',
};

export function changeConditionText({ id, value }: Change): string {
  if (value === null) return t(CHANGES[id]);
  return t(CHANGES[id], id.endsWith('-ms') ? duration(value) : decimal(value));
}

const CAVEATS: Record<CaveatId, MessageKey> = {
  'short-recording': 'advice_caveat_shortRecording',
  'assumed-round-trip': 'advice_caveat_assumedRoundTrip',
  'assumed-heads': 'advice_caveat_assumedHeads',
  'six-connections': 'advice_caveat_sixConnections',
  'buffering-proxy': 'advice_caveat_bufferingProxy',
  'idle-timeouts': 'advice_caveat_idleTimeouts',
  'auth-headers': 'advice_caveat_authHeaders',
  'http2-cheaper-bytes': 'advice_caveat_http2',
  'radio-wakes': 'advice_caveat_radioWakes',
  'bypasses-caches': 'advice_caveat_bypassesCaches',
  'server-must-replay': 'advice_caveat_serverMustReplay',
  'no-receive-backpressure': 'advice_caveat_noBackpressure',
  'deflate-would-help': 'advice_caveat_deflate',
  'hidden-changes': 'advice_caveat_hiddenChanges',
  'volatile-fields': 'advice_caveat_volatileFields',
  'clock-drift': 'advice_caveat_clockDrift',
  'unbounded-staleness': 'advice_caveat_unboundedStaleness',
};

export const caveatText = (id: CaveatId): string => t(CAVEATS[id]);
