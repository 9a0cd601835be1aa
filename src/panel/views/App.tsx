import browser from 'webextension-polyfill';
import { settings } from '../settings.ts';
import type { Store } from '../store.ts';
import { t } from '../words/t.ts';
import { ChannelDetail } from './ChannelDetail.tsx';
import { Announcer } from './layout/Announcer.tsx';
import { MenuHost } from './layout/Menu.tsx';
import { TabBar, TabPanel } from './layout/Tabs.tsx';
import { VIEWS } from './layout/views.tsx';
import { SummaryStrip } from './overview/SummaryStrip.tsx';
import { Toolbar } from './session/Toolbar.tsx';
import './app.css';

/** The panel, and the viewer: toolbar, summary, and one view at a time with the details of the selected channel beside it. */
export function App({ store }: { store: Store }) {
  const { selected, channels } = store;
  const view = VIEWS.find(({ tab }) => tab === settings.value.tab) ?? VIEWS[0]!;
  return (
    <div class="app" data-ready>
      <Toolbar store={store} />
      <SummaryStrip store={store} />
      <TabBar views={VIEWS} shown={view} />
      <div class="app__main">
        <TabPanel view={view}>
          {channels.value.length === 0 ? (
            <Nothing recording={store.recorder?.recording === true} />
          ) : (
            <view.View store={store} />
          )}
        </TabPanel>
        {selected.value !== null && view.besideDetail && (
          <ChannelDetail channel={selected.value} onClose={() => store.select(null)} />
        )}
      </div>
      <MenuHost />
      <Announcer />
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
