import type { MetricId, Outcome, WhatIfTable } from '../../analysis/messages.ts';
import { rangeText, scaledBytes } from '../../words/advice-numbers.ts';
import { choiceName, choiceText, METRICS } from '../../words/advice-what-if.ts';
import { count, figureTitle, UNKNOWN_TEXT } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import type { Measured } from './measured.ts';
import '../layout/plain-table.css';

const PER_CLIENT: readonly MetricId[] = [
  'requestsPerHour',
  'wastedPerHour',
  'requestHeaderPerHour',
  'responseHeaderPerHour',
  'framingPerHour',
  'payloadPerHour',
  'bytesPerHour',
  'meanLatencyMs',
  'p95LatencyMs',
  'coalesced',
  'lost',
];
const AT_SERVER: readonly MetricId[] = [
  'serverBytesPerSecond',
  'serverRequestsPerSecond',
  'serverConnectionsHeld',
  'serverConnectionsIdle',
];

/** All transports side by side, next to what was measured. */
export function OutcomeTable({ table, measured }: { table: WhatIfTable; measured: Measured }) {
  const { outcomes, settings } = table;
  const atServer = plural(
    settings.clients,
    { one: 'whatif_server_one', other: 'whatif_server_other' },
    count(settings.clients),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys.
    <section class="what-if__scroller" tabIndex={0} aria-label={t('whatif_table')}>
      <table class="plain-table outcomes">
        <thead>
          <tr>
            <th scope="col">{t('whatif_metric')}</th>
            <th scope="col" class="number">
              {t('whatif_measured')}
            </th>
            {outcomes.map(({ role, choice }) => (
              <th key={role + choice.transport} scope="col" class="number">
                <span class={`outcomes__name outcomes__name--${choice.transport}`}>
                  {role === 'present' ? t('whatif_present') : choiceName(choice)}
                </span>
                <small>{[choiceText(choice), t('whatif_simulated')].filter((part) => part !== '').join(' · ')}</small>
              </th>
            ))}
          </tr>
        </thead>
        <Group title={t('whatif_perClient')} ids={PER_CLIENT} outcomes={outcomes} measured={measured} />
        <Group title={atServer} ids={AT_SERVER} outcomes={outcomes} measured={measured} />
      </table>
    </section>
  );
}

interface GroupProps {
  title: string;
  ids: readonly MetricId[];
  outcomes: readonly Outcome[];
  measured: Measured;
}

const Group = ({ title, ids, outcomes, measured }: GroupProps) => (
  <tbody>
    <tr>
      <th scope="rowgroup" colSpan={outcomes.length + 2} class="outcomes__group">
        {title}
      </th>
    </tr>
    {ids.map((id) => (
      <tr key={id} data-metric={id}>
        <th scope="row">{t(METRICS[id].label)}</th>
        <MeasuredCell id={id} measured={measured} />
        {outcomes.map((outcome) => (
          <OutcomeCell key={outcome.role + outcome.choice.transport} id={id} outcome={outcome} />
        ))}
      </tr>
    ))}
  </tbody>
);

function MeasuredCell({ id, measured }: { id: MetricId; measured: Measured }) {
  const figure = measured[id];
  if (figure === undefined || figure.value === null) return <td class="number muted">{UNKNOWN_TEXT}</td>;
  const { format } = METRICS[id];
  const mark = figure.provenance === 'estimated' ? '≈ ' : '';
  return (
    <td class="number" title={format === scaledBytes ? figureTitle(figure) : t(`provenance_${figure.provenance}`)}>
      {mark + format(figure.value)}
    </td>
  );
}

function OutcomeCell({ id, outcome }: { id: MetricId; outcome: Outcome }) {
  const estimate = outcome.metrics[id];
  const { format } = METRICS[id];
  if (estimate === null) return <td class="number muted">{UNKNOWN_TEXT}</td>;
  const range = rangeText(estimate, format);
  return (
    <td class="number" data-transport={outcome.role === 'choice' ? outcome.choice.transport : undefined}>
      {format(estimate.value)}
      {range !== null && <small>{range}</small>}
    </td>
  );
}
