import browser from 'webextension-polyfill';
import type { Store } from '../store.ts';
import { t } from '../words/t.ts';
import { ChannelDetail } from './ChannelDetail.tsx';
import { ChannelTable } from './ChannelTable.tsx';
import { Charts } from './Charts.tsx';
import { SummaryStrip } from './SummaryStrip.tsx';
import { Toolbar } from './Toolbar.tsx';
import './app.css';

export function App({ store }: { store: Store }) {
  const { selected, channels } = store;
  return (
    <div class="app" data-ready>
      <Toolbar store={store} />
      <SummaryStrip summary={store.summary.value} />
      <div class="app__main">
        <div class="app__left">
          {channels.value.length === 0 ? (
            <Nothing recording={store.recorder.recording} />
          ) : (
            <ChannelTable store={store} />
          )}
          <Charts store={store} />
        </div>
        {selected.value !== null && <ChannelDetail channel={selected.value} onClose={() => store.select(null)} />}
      </div>
    </div>
  );
}

function Nothing({ recording }: { recording: boolean }) {
  return (
    <div class="app__empty" role="status">
      <h2>{t(recording ? 'empty_title' : 'empty_notRecording')}</h2>
      <p>{t('empty_text')}</p>
      <button type="button" onClick={() => browser.devtools.inspectedWindow.reload()}>
        {t('empty_reload')}
      </button>
    </div>
  );
}
