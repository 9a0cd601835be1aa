import type { ChannelReport } from '../../../core/session/report.ts';
import { settings } from '../../settings.ts';
import { evidenceText } from '../../words/evidence.ts';
import { confidence } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { instant } from '../../words/times.ts';
import { transportName } from '../../words/transports.ts';
import { wouldChange } from '../../words/would-change.ts';
import { Section } from './Facts.tsx';

interface Props {
  verdict: ChannelReport['verdict'];
  /** When the capture began, epoch ms. */
  startedAt: number;
}

/** What we say of the channel, why, how surely, and what would make us say something else. */
export function VerdictSection({ verdict, startedAt }: Props) {
  const { transport, confidence: p, provisional, evidence, since } = verdict;
  const sentence =
    transport === null
      ? t('verdict_undecided')
      : t(provisional ? 'verdict_looksLike' : 'verdict_is', transportName(transport), confidence(p));
  return (
    <Section id="verdict" title={t('verdict')}>
      <p class="verdict">{sentence}</p>
      {transport !== null && (
        <meter class="verdict__meter" min={0} max={1} value={p} aria-label={t('verdict_sure', confidence(p))} />
      )}
      <ul class="verdict__evidence">
        {evidence.map((fact) => (
          <li key={fact.kind}>{evidenceText(fact)}</li>
        ))}
      </ul>
      <h3>{t('verdict_wouldChange')}</h3>
      <p class="verdict__change">{wouldChange(verdict)}</p>
      {since !== null && (
        <p class="muted">{t('verdict_since', instant(since, startedAt, settings.value.timeFormat, 0))}</p>
      )}
    </Section>
  );
}
