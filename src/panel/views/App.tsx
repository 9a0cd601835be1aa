import { useEffect } from 'preact/hooks';
import { watchAccess } from '../access.ts';
import { settings } from '../settings.ts';
import type { Store } from '../store.ts';
import { FilterBar } from './filter/FilterBar.tsx';
import { attachKeys, closeDetail } from './keys.ts';
import { Announcer } from './layout/Announcer.tsx';
import { dialog } from './layout/dialogs.ts';
import { MenuHost } from './layout/Menu.tsx';
import { TabBar, TabPanel } from './layout/Tabs.tsx';
import { VIEWS, viewOf } from './layout/views.tsx';
import { SummaryStrip } from './overview/SummaryStrip.tsx';
import { ChannelDetail, fetchOnUse, GuideDialog, SaveDialog, SettingsDialog } from './parts.ts';
import { DropZone } from './session/DropZone.tsx';
import { Toolbar } from './session/Toolbar.tsx';
import { Nothing } from './states/Nothing.tsx';
import { Notices } from './states/Notices.tsx';
import './app.css';

/** The panel, and the viewer: toolbar, summary, and one view at a time with the details of the selected channel beside it. */
export function App({ store }: { store: Store }) {
  const { selected, shown, channels } = store;
  const view = viewOf(settings.value.tab);
  useEffect(() => attachKeys(store), [store]);
  useEffect(fetchOnUse, []);
  useEffect(() => (store.recorder === null ? undefined : watchAccess(store.recorder)), [store]);
  return (
    <div class="app" data-ready>
      <header>
        <h1 class="visually-hidden">Transport Lens</h1>
        <Toolbar store={store} />
        <FilterBar store={store} />
        <Notices store={store} />
        <SummaryStrip store={store} />
        <TabBar views={VIEWS} shown={view} />
      </header>
      <main class="app__main">
        <TabPanel view={view}>
          {(view.showsRows ? channels : shown).value.length === 0 && view.tab !== 'advice' ? (
            <Nothing store={store} />
          ) : (
            <view.View store={store} />
          )}
        </TabPanel>
        {selected.value !== null && view.besideDetail && (
          <ChannelDetail store={store} channel={selected.value} onClose={() => closeDetail(store)} />
        )}
        <MenuHost />
      </main>
      {dialog.value === 'save' && <SaveDialog store={store} />}
      {dialog.value === 'settings' && <SettingsDialog store={store} />}
      {dialog.value === 'guide' && <GuideDialog />}
      <DropZone store={store} />
      <Announcer />
    </div>
  );
}
