import type { Verdict } from '../../core/classify/verdict.ts';
import { confidence } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { transportName } from '../words/transports.ts';
import './transport-badge.css';

/** The transport in words and colour; hollow while the verdict is provisional. What is certain needs no figure. */
export function TransportBadge({ verdict, withConfidence = false }: { verdict: Verdict; withConfidence?: boolean }) {
  const { transport, confidence: p, provisional } = verdict;
  const title =
    transport === null
      ? t('verdict_undecided_title')
      : t(provisional ? 'verdict_provisional' : 'verdict_sure', confidence(p));
  return (
    <span
      class={`badge${provisional ? ' badge--provisional' : ''}`}
      style={{ '--badge': `var(--transport-${transport ?? 'none'})` }}
      title={title}
    >
      {transportName(transport)}
      {withConfidence && transport !== null && p < 1 && <small class="badge__confidence">{confidence(p)}</small>}
    </span>
  );
}
