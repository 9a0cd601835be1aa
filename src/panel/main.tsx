import { render } from 'preact';
import browser from 'webextension-polyfill';
import { toSession } from '../core/session/write.ts';
import { prepare } from './prepare.ts';
import { onSetting } from './settings.ts';
import type { Recorder } from './source/recorder.ts';
import { createStore } from './store.ts';
import { App } from './views/App.tsx';

declare global {
  interface Window {
    /** Put there by the devtools page when the panel is shown. */
    transportLensRecorder?: Recorder;
    /** For the command line, which drives this panel: the session as it would be saved. */
    transportLensSession?: () => unknown;
  }
}

function show(): void {
  const recorder = window.transportLensRecorder;
  if (recorder === undefined || window.transportLensSession !== undefined) return;
  window.transportLensSession = () => toSession(recorder.log, browser.runtime.getManifest().version);
  onSetting('preserveLog', (on) => {
    recorder.preserveLog = on;
  });
  render(<App store={createStore(recorder)} />, document.body);
}

await prepare();
addEventListener('transport-lens-recorder', show);
show();
