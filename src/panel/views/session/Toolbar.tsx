import browser from 'webextension-polyfill';
import { changeSettings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { openDialog } from '../layout/dialogs.ts';
import { IconButton } from '../layout/IconButton.tsx';
import { clearStore } from './clear.ts';
import { OpenButton } from './OpenButton.tsx';
import './toolbar.css';

/** The page that shows opened files without DevTools. */
const VIEWER = 'src/panel/viewer.html';

/** Record, clear, pause, preserve log on the left, files and settings on the right: where DevTools' users look for them. */
export function Toolbar({ store }: { store: Store }) {
  const { recorder } = store;
  store.version.value;
  return (
    <div class="toolbar" role="toolbar" aria-label={t('toolbar')}>
      {recorder !== null && store.opened.value === null && (
        <>
          <IconButton
            icon={recorder.recording ? 'stop' : 'record'}
            class="toolbar__record"
            label={t(recorder.recording ? 'record_stop' : 'record_start')}
            pressed={recorder.recording}
            onClick={() => recorder.record(!recorder.recording)}
          />
          <IconButton icon="clear" class="toolbar__clear" label={t('clear')} onClick={() => clearStore(store)} />
          <IconButton
            icon={store.paused.value ? 'play' : 'pause'}
            class="toolbar__pause"
            label={t(store.paused.value ? 'pause_end' : 'pause')}
            pressed={store.paused.value}
            onClick={() => store.pause(!store.paused.value)}
          />
          <span class="toolbar__divider" />
          <label title={t('preserveLog_title')}>
            <input
              type="checkbox"
              checked={settings.value.preserveLog}
              onChange={(event) => changeSettings({ preserveLog: event.currentTarget.checked })}
            />
            {t('preserveLog')}
          </label>
        </>
      )}
      <span class="toolbar__space" />
      <OpenButton store={store} />
      {recorder !== null && (
        <IconButton
          icon="tab"
          class="toolbar__viewer"
          label={t('viewer_open')}
          onClick={() => void browser.tabs.create({ url: browser.runtime.getURL(VIEWER) })}
        />
      )}
      <IconButton
        icon="save"
        class="toolbar__save"
        label={t('save')}
        disabled={store.channels.value.length === 0}
        onClick={() => openDialog('save')}
      />
      <IconButton
        icon="settings"
        class="toolbar__settings"
        label={t('settings')}
        onClick={() => openDialog('settings')}
      />
    </div>
  );
}
