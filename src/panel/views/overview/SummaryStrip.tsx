import type { Summary } from '../../summary.ts';
import { bytes, count, percent } from '../../words/numbers.ts';
import { language, t } from '../../words/t.ts';
import './summary-strip.css';

/** The page in one line. What was lost or never reported is part of it. */
export function SummaryStrip({ summary }: { summary: Summary }) {
  const { judged, wasted, wireBytes, payloadBytes, reported, reportable, dropped, rejected } = summary;
  const wastedShare = judged === 0 ? null : wasted / judged;
  const overhead = wireBytes === 0 ? null : (wireBytes - payloadBytes) / wireBytes;
  return (
    <section class="summary" aria-label={t('summary')}>
      <Item value={count(summary.channels)} label={t('channels')} />
      <Item value={count(summary.requests)} label={t('requests')} />
      <Item
        value={percent(wastedShare)}
        label={t('wasted')}
        title={t('wasted_title', count(wasted), count(judged))}
        loud={wastedShare !== null && wastedShare >= 0.5}
      />
      <Item
        value={percent(overhead)}
        label={t('overhead')}
        title={t('overhead_title', bytes(wireBytes), bytes(payloadBytes))}
      />
      <Item
        value={reportable === 0 ? percent(null) : percent(reported / reportable)}
        label={t('reported')}
        title={t('reported_title', count(reported), count(reportable))}
      />
      {dropped > 0 && <Item value={count(dropped)} label={t('dropped')} title={t('dropped_title')} loud />}
      {rejected > 0 && <Item value={count(rejected)} label={t('rejected')} title={t('rejected_title')} loud />}
      <span class="summary__item muted">
        {t('captureStarted', new Date(summary.startedAt).toLocaleTimeString(language()))}
      </span>
    </section>
  );
}

function Item(props: { value: string; label: string; title?: string; loud?: boolean }) {
  return (
    <span class={`summary__item${props.loud ? ' summary__item--loud' : ''}`} title={props.title}>
      <b>{props.value}</b>
      <span class="muted">{props.label}</span>
    </span>
  );
}
