import { addFigures } from '../../../core/metrics/figures.ts';
import type { Figure } from '../../../core/model.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { bytes as bytesText, count, percent } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { Bytes, Facts, Section } from './Facts.tsx';

/** What crossed the wire, by what it was for. */
export function BytesSection({ channel }: { channel: ChannelReport }) {
  const { bytes, overheadRatio, reported, httpVersion } = channel;
  return (
    <Section id="bytes" title={t('bytes')}>
      <Shares
        header={addFigures(bytes.requestHeader, bytes.responseHeader)}
        framing={bytes.framing}
        payload={addFigures(bytes.payloadSent, bytes.payloadReceived)}
      />
      <Facts>
        <Bytes label={t('bytes_requestHeader')} figure={bytes.requestHeader} />
        <Bytes label={t('bytes_responseHeader')} figure={bytes.responseHeader} />
        <Bytes label={t('bytes_framing')} figure={bytes.framing} />
        <Bytes label={t('bytes_payloadSent')} figure={bytes.payloadSent} />
        <Bytes label={t('bytes_payloadReceived')} figure={bytes.payloadReceived} />
        <Bytes label={t('bytes_wire')} figure={bytes.wire} />
      </Facts>
      <p class="muted">
        {t('overhead_ratio', percent(overheadRatio))} ·{' '}
        {t('reported_title', count(reported.exchanges), count(reported.of))}
        {httpVersion !== null && ` · ${httpVersion}`}
      </p>
    </Section>
  );
}

const PARTS = ['header', 'framing', 'payload'] as const;
const NAMES = { header: 'headers', framing: 'framing', payload: 'payload' } as const;

/** The same as one bar; nothing where a part is unknown, because the shares would be wrong. */
function Shares(figures: Record<(typeof PARTS)[number], Figure>) {
  const values = PARTS.map((part) => figures[part].value);
  const total = values.reduce<number>((sum, value) => sum + Math.max(value ?? 0, 0), 0);
  if (values.includes(null) || total === 0) return null;
  const shares = PARTS.map((part, i) => ({ part, share: Math.max(values[i]!, 0) / total, value: values[i]! }));
  const spoken = shares.map(({ part, value }) => `${t(NAMES[part])} ${bytesText(value)}`).join(', ');
  return (
    <>
      <div class="shares" role="img" aria-label={spoken}>
        {shares.map(({ part, share }) => (
          <span key={part} class={`shares__part shares__part--${part}`} style={{ flexGrow: share }} />
        ))}
      </div>
      <div class="shares__legend" aria-hidden="true">
        {shares.map(({ part, share }) => (
          <span key={part}>
            <span class={`shares__swatch shares__part--${part}`} /> {t(NAMES[part])} {percent(share)}
          </span>
        ))}
      </div>
    </>
  );
}
