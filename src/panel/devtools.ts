import browser from 'webextension-polyfill';
import { createRecorder } from './source/recorder.ts';

/** The panel's window, as `main.tsx` knows it. */
type PanelWindow = Window & { transportLensRecorder?: unknown };

const recorder = createRecorder(browser.devtools.inspectedWindow.tabId);

browser.devtools.panels.create('Transport Lens', '/icons/16.png', '/src/panel/panel.html').then((panel) => {
  panel.onShown.addListener((window) => {
    (window as PanelWindow).transportLensRecorder = recorder;
    window.dispatchEvent(new Event('transport-lens-recorder'));
  });
});
