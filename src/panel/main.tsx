import { render } from 'preact';
import browser from 'webextension-polyfill';
import type { NetworkEntry } from '../core/model.ts';
import type { ExportOptions } from '../core/session/write.ts';
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
    transportLensSession?: (options?: ExportOptions) => Promise<unknown>;
    /** And back: the handshake of a socket that is still open, which extensions are not told of before it closes. */
    transportLensEntry?: (entry: NetworkEntry) => void;
  }
}

function show(): void {
  const recorder = window.transportLensRecorder;
  if (recorder === undefined || window.transportLensSession !== undefined) return;
  window.transportLensSession = async (options) => {
    const { toSession } = await import('../core/session/write.ts');
    return toSession(recorder.log, browser.runtime.getManifest().version, options);
  };
  window.transportLensEntry = recorder.addOpen;
  onSetting('preserveLog', (on) => {
    recorder.preserveLog = on;
  });
  render(<App store={createStore(recorder)} />, document.body);
}

await prepare();
addEventListener('transport-lens-recorder', show);
show();
