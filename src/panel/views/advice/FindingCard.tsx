import type { Finding } from '../../../core/health/checks.ts';
import type { Severity } from '../../../core/health/finding.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { findingEvidence, findingTitle, fixText, severityText } from '../../words/advice-health.ts';
import { t } from '../../words/t.ts';
import { ChannelName } from '../layout/ChannelName.tsx';
import { Part } from './AdviceCard.tsx';
import { Links } from './Links.tsx';

const SHAPES: Record<Severity, preact.ComponentChildren> = {
  error: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" />
    </>
  ),
  warning: <path d="M8 2.2L14.4 13.4H1.6zM8 6.4v3.4M8 11.2v.9" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.2v4M8 4.7v.9" />
    </>
  ),
};

interface Props {
  finding: Finding;
  channels: readonly ChannelReport[];
}

/** Something wrong: how bad, where, what was seen and how to repair it. */
export function FindingCard({ finding, channels }: Props) {
  const { check, severity, channelIds, fixes, links } = finding;
  const concerned = channelIds.flatMap((id) => channels.find((channel) => channel.id === id) ?? []);
  return (
    <li>
      <details class="card" data-check={check} data-severity={severity} open={severity === 'error'}>
        <summary>
          <span class={`severity severity--${severity}`}>
            <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
              {SHAPES[severity]}
            </svg>
            {severityText(severity)}
          </span>
          <span class="card__title">{findingTitle(finding)}</span>
        </summary>
        <div class="card__body">
          <div>
            <Part title={t('advice_evidence')} items={findingEvidence(finding)} />
            <p class="card__label">{t('health_channels')}</p>
            <ul class="card__channels">
              {concerned.map((channel) => (
                <li key={channel.id}>
                  <ChannelName channel={channel} />
                </li>
              ))}
            </ul>
          </div>
          <div>
            <Part title={t('health_fixes')} items={fixes.map(fixText)} />
            <Links links={links} />
          </div>
        </div>
      </details>
    </li>
  );
}
