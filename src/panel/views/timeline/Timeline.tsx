import { useSignal } from '@preact/signals';
import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { Controls } from './Controls.tsx';
import { Lanes } from './Lanes.tsx';
import { timelineOf } from './state.ts';
import { TwinTable } from './TwinTable.tsx';
import './timeline.css';

/** When everything happened: a lane for each channel on one time axis. The same as a table for those who do not see or point. */
export function Timeline({ store }: { store: Store }) {
  const state = timelineOf(store);
  const asTable = useSignal(false);
  return (
    <section class="timeline" aria-label={t('tab_timeline')}>
      <Controls store={store} state={state} asTable={asTable} />
      {asTable.value ? (
        <TwinTable store={store} state={state} />
      ) : (
        <Lanes store={store} state={state} style={settings.value.timelineStyle} />
      )}
    </section>
  );
}
