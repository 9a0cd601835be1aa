import type { Verdict } from '../../core/classify/verdict.ts';
import { confidence } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { transportName } from '../words/transports.ts';
import './transport-badge.css';

/** The transport in words and colour; hollow while the verdict is provisional. */
export function TransportBadge({ verdict }: { verdict: Verdict }) {
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
    </span>
  );
}
