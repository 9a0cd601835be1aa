import type { Signal } from '@preact/signals';
import { spanOf } from '../../../core/timeline/viewport.ts';
import { changeSettings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { duration } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { IconButton } from '../layout/IconButton.tsx';
import type { TimelineState } from './state.ts';

const ZOOM = 0.6;

/** Following, zoom, range and the ways to look at it, each within reach of a key; and what the marks mean. */
export function Controls({ store, state, asTable }: { store: Store; state: TimelineState; asTable: Signal<boolean> }) {
  const { timelineStyle } = settings.value;
  const canFollow = store.recorder !== null && store.opened.value === null;
  return (
    <div class="timeline__controls">
      {canFollow && (
        <button
          type="button"
          class="button"
          aria-pressed={state.follow.value}
          title={t('timeline_follow_title')}
          onClick={() => (state.follow.value ? state.show(state.view.peek()) : state.goLive())}
        >
          {t('timeline_follow')}
        </button>
      )}
      <IconButton icon="minus" label={t('timeline_zoomOut')} onClick={() => state.zoomBy(1 / ZOOM)} />
      <span class="timeline__span number">{duration(spanOf(state.view.value))}</span>
      <IconButton icon="plus" label={t('timeline_zoomIn')} onClick={() => state.zoomBy(ZOOM)} />
      <button type="button" class="button" title={t('timeline_fit_title')} onClick={state.fitAll}>
        {t('timeline_fit')}
      </button>
      <button
        type="button"
        class="button"
        title={t('timeline_narrow_title')}
        onClick={() => {
          store.range.value = { ...state.view.peek() };
        }}
      >
        {t('timeline_narrow')}
      </button>
      <button
        type="button"
        class="button"
        aria-pressed={timelineStyle === 'diagram'}
        title={t('timeline_diagram_title')}
        onClick={() => changeSettings({ timelineStyle: timelineStyle === 'diagram' ? 'bars' : 'diagram' })}
      >
        {t('timeline_diagram')}
      </button>
      <button
        type="button"
        class="button"
        aria-pressed={asTable.value}
        title={t('asTable_title')}
        onClick={() => {
          asTable.value = !asTable.value;
        }}
      >
        {t('asTable')}
      </button>
      <Legend />
    </div>
  );
}

function Legend() {
  return (
    <div class="timeline__legend" aria-hidden="true">
      <span>
        <i class="timeline__key timeline__key--waiting" />
        {t('legend_waiting')}
      </span>
      <span>
        <i class="timeline__key timeline__key--receiving" />
        {t('legend_receiving')}
      </span>
      <span>
        <i class="timeline__key timeline__key--wasted" />
        {t('wasted')}
      </span>
      <span>
        <i class="timeline__key timeline__key--message" />
        {t('legend_message')}
      </span>
      <span>
        <i class="timeline__key timeline__key--gap" />
        {t('legend_gap')}
      </span>
      <span>
        <i class="timeline__key timeline__key--hidden" />
        {t('legend_hidden')}
      </span>
    </div>
  );
}
