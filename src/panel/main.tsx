import { render } from 'preact';
import browser from 'webextension-polyfill';
import { type ExportOptions, toSession } from '../core/session/write.ts';
import { loadSettings, onSetting, settings } from './settings.ts';
import type { Recorder } from './source/recorder.ts';
import { createStore } from './store.ts';
import { onHostTheme, showTheme } from './theme.ts';
import './theme.css';
import { App } from './views/App.tsx';
import { speak } from './words/t.ts';

declare global {
  interface Window {
    /** Put there by the devtools page when the panel is shown. */
    transportLensRecorder?: Recorder;
    /** For the command line, which drives this panel: the session as it would be saved. */
    transportLensSession?: (options?: ExportOptions) => unknown;
  }
}

function show(): void {
  const recorder = window.transportLensRecorder;
  if (recorder === undefined || window.transportLensSession !== undefined) return;
  window.transportLensSession = (options) => toSession(recorder.log, browser.runtime.getManifest().version, options);
  render(<App store={createStore(recorder)} />, document.body);
}

await loadSettings();
await speak(settings.value.language);
onSetting('language', speak);
onSetting('theme', showTheme);
onHostTheme(() => showTheme(settings.value.theme));
addEventListener('transport-lens-recorder', show);
show();
