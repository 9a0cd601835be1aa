import type { CheckId, Finding } from '../../core/health/checks.ts';
import type { FixId, Severity } from '../../core/health/finding.ts';
import { unreachable } from '../../core/model.ts';
import { scaledBytes } from './advice-numbers.ts';
import { bytes, count, duration } from './numbers.ts';
import { type MessageKey, plural, t } from './t.ts';

const SEVERITIES: Record<Severity, MessageKey> = {
  error: 'health_severity_error',
  warning: 'health_severity_warning',
  info: 'health_severity_info',
};

export const severityText = (severity: Severity): string => t(SEVERITIES[severity]);

const TITLES: Record<CheckId, MessageKey> = {
  'buffering-proxy': 'health_bufferingProxy_title',
  'duplicate-pollers': 'health_duplicatePollers_title',
  'growing-buffered-amount': 'health_growingBufferedAmount_title',
  'heartbeat-gaps': 'health_heartbeatGaps_title',
  'instant-long-poll': 'health_instantLongPoll_title',
  'missing-cache-headers': 'health_missingCacheHeaders_title',
  'one-way-web-socket': 'health_oneWayWebSocket_title',
  'oversized-headers': 'health_oversizedHeaders_title',
  'polling-beside-stream': 'health_pollingBesideStream_title',
  'polling-faster-than-data': 'health_pollingFasterThanData_title',
  'polling-while-hidden': 'health_pollingWhileHidden_title',
  'reconnect-storm': 'health_reconnectStorm_title',
  'six-connections': 'health_sixConnections_title',
  'socket-io-stuck-on-polling': 'health_socketIoStuckOnPolling_title',
  'sse-closes-each-time': 'health_sseClosesEachTime_title',
  'uncompressed-polls': 'health_uncompressedPolls_title',
  'wasteful-messages': 'health_wastefulMessages_title',
  'web-socket-request-response': 'health_webSocketRequestResponse_title',
};

export const findingTitle = ({ check }: Finding): string => t(TITLES[check]);

/** What was seen, with its numbers. */
export function findingEvidence({ check, evidence }: Finding): string[] {
  switch (check) {
    case 'buffering-proxy': {
      const seen = [count(evidence.messages), count(evidence.clumps)];
      return evidence.kind === 'stamps'
        ? [t('health_bufferingProxy_stamps', ...seen, duration(evidence.medianHeldMs))]
        : [t('health_bufferingProxy_fullBuffers', ...seen, bytes(evidence.medianBytes), bytes(evidence.bufferBytes))];
    }
    case 'duplicate-pollers':
      if (evidence.kind === 'documents')
        return [t('health_duplicatePollers_documents', count(evidence.documents), count(evidence.polls))];
      return evidence.kind === 'same-tick'
        ? [t('health_duplicatePollers_sameTick', count(evidence.doubled), count(evidence.polls))]
        : [t('health_duplicatePollers_twoTimers', duration(evidence.periodMs), count(evidence.polls))];
    case 'growing-buffered-amount': {
      const { peaks, forMs, peakBytes, bytesPerSecond } = evidence;
      const parts = [count(peaks), duration(forMs), bytes(peakBytes), bytes(bytesPerSecond)];
      return [t('health_growingBufferedAmount_evidence', ...parts)];
    }
    case 'heartbeat-gaps':
      if (evidence.kind === 'cut-when-idle')
        return [t('health_heartbeatGaps_cut', count(evidence.cuts), duration(evidence.silenceMs))];
      return [
        plural(
          evidence.gaps,
          { one: 'health_heartbeatGaps_missed_one', other: 'health_heartbeatGaps_missed_other' },
          count(evidence.gaps),
          duration(evidence.heartbeatMs),
          duration(evidence.longestSilenceMs),
        ),
      ];
    case 'instant-long-poll': {
      const { requests, instant, wasted, medianWaitMs, requestsPerHour } = evidence;
      const parts = [count(instant), count(requests), duration(medianWaitMs), count(wasted), count(requestsPerHour)];
      return [t('health_instantLongPoll_evidence', ...parts)];
    }
    case 'missing-cache-headers': {
      const { answers, withoutCacheControl, withoutValidator, repeated, repeatedBytes } = evidence;
      const counts = [answers, withoutCacheControl, withoutValidator, repeated].map(count);
      return [t('health_missingCacheHeaders_evidence', ...counts, bytes(repeatedBytes))];
    }
    case 'one-way-web-socket':
      return [t('health_oneWayWebSocket_evidence', count(evidence.received), count(evidence.sent))];
    case 'oversized-headers': {
      const { medianBytes, requests, cookieBytes, bytesPerHour } = evidence;
      const parts = [bytes(medianBytes), count(requests), bytes(cookieBytes), scaledBytes(bytesPerHour)];
      return [t('health_oversizedHeaders_evidence', ...parts)];
    }
    case 'polling-beside-stream': {
      const { polls, besideMs, messages, wasted } = evidence;
      const parts = [count(polls), duration(besideMs), count(messages), count(wasted)];
      return [t('health_pollingBesideStream_evidence', ...parts)];
    }
    case 'polling-faster-than-data': {
      const { periodMs, meanNewsGapMs, wasted, polls } = evidence;
      if (meanNewsGapMs === null) return [t('health_pollingFasterThanData_noNews', count(polls), duration(periodMs))];
      const parts = [count(wasted), count(polls), duration(periodMs), duration(meanNewsGapMs)];
      return [t('health_pollingFasterThanData_evidence', ...parts)];
    }
    case 'polling-while-hidden': {
      const { hiddenPolls, of, hiddenPollsPerHour } = evidence;
      return [t('health_pollingWhileHidden_evidence', count(hiddenPolls), count(of), count(hiddenPollsPerHour))];
    }
    case 'reconnect-storm': {
      const parts = [count(evidence.attempts), duration(evidence.medianGapMs), duration(evidence.forMs)];
      return evidence.kind === 'connections'
        ? [t('health_reconnectStorm_connections', ...parts)]
        : [t('health_reconnectStorm_requests', ...parts)];
    }
    case 'six-connections': {
      const { held, limit, origin, blockedRequests, longestBlockedMs, waiting } = evidence;
      return [
        t('health_sixConnections_evidence', count(held), count(limit), origin),
        ...(blockedRequests > 0
          ? [t('health_sixConnections_blocked', count(blockedRequests), duration(longestBlockedMs))]
          : []),
        ...(waiting > 0 ? [t('health_sixConnections_waiting', count(waiting))] : []),
      ];
    }
    case 'socket-io-stuck-on-polling': {
      const parts = [count(evidence.requests), duration(evidence.pollingForMs)];
      return evidence.upgradeTried
        ? [t('health_socketIoStuckOnPolling_tried', ...parts)]
        : [t('health_socketIoStuckOnPolling_notTried', ...parts)];
    }
    case 'sse-closes-each-time': {
      if (evidence.kind === 'closes') {
        const { closed, medianLifeMs, messagesPerConnection } = evidence;
        const mean = count(messagesPerConnection);
        return [t('health_sseClosesEachTime_closes', count(closed), duration(medianLifeMs), mean)];
      }
      const { reconnects, of, medianDelayMs, retryMs } = evidence;
      const parts = [count(reconnects), count(of), duration(medianDelayMs), duration(retryMs)];
      return [t('health_sseClosesEachTime_fasterThanRetry', ...parts)];
    }
    case 'uncompressed-polls': {
      const { answers, of, medianBytes, bytesPerHour } = evidence;
      const parts = [count(answers), count(of), bytes(medianBytes), scaledBytes(bytesPerHour)];
      return [t('health_uncompressedPolls_evidence', ...parts)];
    }
    case 'wasteful-messages': {
      const { of, identical, volatileOnly, bytesPerHour } = evidence;
      const parts = [count(of), count(identical), count(volatileOnly), bytes(bytesPerHour)];
      return [t('health_wastefulMessages_evidence', ...parts)];
    }
    case 'web-socket-request-response': {
      const parts = [count(evidence.answers), count(evidence.received), duration(evidence.medianAnswerMs)];
      return evidence.byId
        ? [t('health_webSocketRequestResponse_byId', ...parts)]
        : [t('health_webSocketRequestResponse_byTurn', ...parts)];
    }
    default:
      return unreachable(check);
  }
}

const FIXES: Record<FixId, MessageKey> = {
  'stop-when-hidden': 'health_fix_stopWhenHidden',
  'stop-polling-once-the-stream-is-open': 'health_fix_stopPollingOnceOpen',
  'keep-the-response-open': 'health_fix_keepResponseOpen',
  'send-heartbeats': 'health_fix_sendHeartbeats',
  'leave-reconnecting-to-the-browser': 'health_fix_leaveReconnecting',
  'back-off-exponentially': 'health_fix_backOff',
  'add-jitter': 'health_fix_addJitter',
  'switch-off-proxy-buffering': 'health_fix_switchOffBuffering',
  'flush-after-each-event': 'health_fix_flush',
  'hold-until-there-is-news': 'health_fix_hold',
  'use-an-event-stream': 'health_fix_useEventStream',
  'use-plain-requests': 'health_fix_useRequests',
  'let-upgrades-through': 'health_fix_letUpgradesThrough',
  'enable-sticky-sessions': 'health_fix_stickySessions',
  'use-http2': 'health_fix_useHttp2',
  'share-one-connection': 'health_fix_shareConnection',
  'share-between-tabs': 'health_fix_shareBetweenTabs',
  'share-between-components': 'health_fix_shareBetweenComponents',
  'watch-for-missed-heartbeats': 'health_fix_watchHeartbeats',
  'wait-for-the-buffer-to-drain': 'health_fix_waitForDrain',
  'send-less-or-less-often': 'health_fix_sendLess',
  'move-state-out-of-cookies': 'health_fix_moveStateOutOfCookies',
  'narrow-the-cookie-path': 'health_fix_narrowCookiePath',
  'compress-responses': 'health_fix_compress',
  'send-cache-control': 'health_fix_sendCacheControl',
  'send-an-etag': 'health_fix_sendEtag',
  'poll-less-often': 'health_fix_pollLess',
  'send-changes-only': 'health_fix_sendChanges',
  'leave-volatile-fields-out': 'health_fix_leaveVolatileOut',
};

export const fixText = (id: FixId): string => t(FIXES[id]);
