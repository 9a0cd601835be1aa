import type { Evidence } from '../../core/classify/verdict.ts';
import { unreachable } from '../../core/model.ts';
import { bytes, count, duration, percent } from './numbers.ts';
import { t } from './t.ts';

/** A fact in a plain sentence. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'websocket':
      return t('evidence_websocket');
    case 'websocket-stream':
      return t('evidence_websocket');
    case 'webtransport':
      return t('evidence_webtransport');
    case 'protocol':
      return t('evidence_protocol', evidence.protocol);
    case 'uplink':
      return t('evidence_uplink', evidence.protocol);
    case 'reaction':
      return t('evidence_reaction', percent(evidence.share), count(evidence.of));
    case 'streamed':
      return t('evidence_streamed', duration(evidence.overMs), count(evidence.chunks));
    case 'slow-server':
      return t('evidence_slowServer', duration(evidence.medianWaitMs), count(evidence.of));
    case 'other-targets':
      return t('evidence_otherTargets', count(evidence.of), count(evidence.targets));
    case 'upload':
      return evidence.acknowledgedOnly
        ? t('evidence_acknowledged', evidence.method, count(evidence.of))
        : t('evidence_upload', evidence.method, bytes(evidence.medianRequestBytes));
    case 'two-timers':
      return t(
        'evidence_twoTimers',
        duration(evidence.periodsMs[0]),
        duration(evidence.periodsMs[1]),
        percent(evidence.explained),
        count(evidence.of),
      );
    case 'event-source':
      return t('evidence_eventSource');
    case 'content-type':
      return t('evidence_contentType', evidence.contentType);
    case 'beacon':
      return t('evidence_beacon');
    case 'form-navigation':
      return t('evidence_formNavigation');
    case 'failures':
      return t('evidence_failures', count(evidence.of));
    case 'held':
      return t('evidence_held', percent(evidence.heldShare), count(evidence.of), duration(evidence.medianHoldMs));
    case 'back-to-back':
      return t(
        'evidence_backToBack',
        percent(evidence.backToBackShare),
        count(evidence.of),
        duration(evidence.medianGapMs),
      );
    case 'timer': {
      const { basis, periodMs, variation, of } = evidence;
      const key = basis === 'start-to-start' ? 'evidence_timerStart' : 'evidence_timerEnd';
      return t(key, duration(periodMs), percent(variation), count(of));
    }
    case 'backoff':
      return t('evidence_backoff', evidence.factor.toFixed(2), count(evidence.of));
    case 'no-rhythm':
      return t('evidence_noRhythm', count(evidence.of), percent(evidence.p));
    case 'few':
      return t('evidence_few', count(evidence.gaps), count(evidence.needed));
    default:
      return unreachable(evidence);
  }
}
