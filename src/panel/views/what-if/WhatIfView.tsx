import { useEffect } from 'preact/hooks';
import { analysisOf } from '../../analysis/analysis.ts';
import type { WhatIfTable } from '../../analysis/messages.ts';
import type { Store } from '../../store.ts';
import { count, duration } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import { ChannelPicker } from '../advice/ChannelPicker.tsx';
import { GuideButton } from '../advice/Guide.tsx';
import { Assumptions } from './Assumptions.tsx';
import { Controls } from './Controls.tsx';
import { CurveChart } from './CurveChart.tsx';
import { CURVES } from './curves.ts';
import { measuredOf } from './measured.ts';
import { OutcomeTable } from './OutcomeTable.tsx';
import { resetWanted, wanted } from './settings.ts';
import './what-if.css';

/** What the selected channel's own events would have cost over any transport. */
export function WhatIfView({ store }: { store: Store }) {
  const analysis = analysisOf(store);
  const { selected, shown } = store;
  const channel = selected.value ?? (shown.value.length === 1 ? shown.value[0]! : null);
  const id = channel?.id ?? null;
  const settings = wanted.value;
  useEffect(() => analysis.watch(), [analysis]);
  useEffect(resetWanted, [id]);
  useEffect(() => analysis.ask(id, settings), [analysis, id, settings]);
  const answer = analysis.answer.value;
  const isAnswered = answer !== null && answer.channelId === id;
  return (
    <div class="what-if">
      <div class="what-if__bar">
        <ChannelPicker store={store} none={t('whatif_select')} shown={id} />
        <GuideButton />
      </div>
      {isAnswered && answer.table !== null ? (
        <Figures store={store} table={answer.table} />
      ) : (
        <p class="what-if__state" role="status">
          {t(
            analysis.hasFailed.value
              ? 'advice_failed'
              : id === null
                ? 'whatif_select'
                : isAnswered
                  ? 'whatif_nothing'
                  : 'advice_working',
          )}
        </p>
      )}
    </div>
  );
}

function Figures({ store, table }: { store: Store; table: WhatIfTable }) {
  const report = analysisOf(store).reports.find(({ id }) => id === table.channelId);
  const measured = report === undefined ? {} : measuredOf(store, report, table.horizonMs);
  return (
    <div class="what-if__columns">
      <Controls settings={table.settings} />
      <div class="what-if__figures">
        <p class="muted">
          {plural(
            table.events,
            { one: 'whatif_basis_one', other: 'whatif_basis_other' },
            count(table.events),
            duration(table.horizonMs),
          )}
        </p>
        <OutcomeTable table={table} measured={measured} />
        <h2>{t('whatif_curves')}</h2>
        {table.curve.length < 2 ? (
          <p class="muted">{t('whatif_curve_none')}</p>
        ) : (
          <div class="what-if__curves">
            {CURVES.map((curve) => (
              <CurveChart key={curve.id} table={table} curve={curve} />
            ))}
          </div>
        )}
        <Assumptions assumptions={table.assumptions} />
      </div>
    </div>
  );
}
