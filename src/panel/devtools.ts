import { effect } from '@preact/signals';
import browser from 'webextension-polyfill';
import { loadSettings, settings } from './settings.ts';
import { createRecorder } from './source/recorder.ts';

/** The panel's window, as `main.tsx` knows it. */
type PanelWindow = Window & { transportLensRecorder?: unknown };

const recorder = createRecorder(browser.devtools.inspectedWindow.tabId);

void loadSettings().then(() =>
  effect(() => {
    const { textChars, binaryBytes, stacks, messages, contentMegabytes, timestampField, preserveLog } = settings.value;
    const limits = { messages, content: contentMegabytes * 1e6 };
    recorder.configure({ textChars, binaryBytes, stacks }, limits, timestampField || null);
    recorder.preserveLog = preserveLog;
  }),
);

browser.devtools.panels.create('Transport Lens', '/icons/16.png', '/src/panel/panel.html').then((panel) => {
  panel.onShown.addListener((window) => {
    (window as PanelWindow).transportLensRecorder = recorder;
    window.dispatchEvent(new Event('transport-lens-recorder'));
  });
});

// The debugger would outlast this page, and later events come too late to take it away.
addEventListener('beforeunload', () => recorder.captureDeep(false));
