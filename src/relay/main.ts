import { HANDOVER_EVENT, type Hello, type Order, WANTED_BY_DEFAULT } from '../protocol.ts';

/*
 * The relay stands between the page's hooks and the recorder and forwards batches verbatim.
 * It never opens a runtime Port itself: such a port would reach the panels of every tab. It says hello, and the recorder
 * that owns this tab dials it. Uses `chrome.*` directly: the polyfill would cost 10 kB in every frame.
 */
let page: MessagePort | null = null;
const recorders = new Set<chrome.runtime.Port>();

document.addEventListener(
  HANDOVER_EVENT,
  (event) => {
    event.stopImmediatePropagation();
    page = (event as MessageEvent).ports[0] ?? null;
    if (page === null) return;
    page.onmessage = ({ data }) => {
      for (const recorder of recorders) forward(recorder, data);
    };
    order();
  },
  { once: true },
);

chrome.runtime.onConnect.addListener((recorder) => {
  recorders.add(recorder);
  recorder.onDisconnect.addListener(() => {
    recorders.delete(recorder);
    order();
  });
  order();
});

chrome.runtime.onMessage.addListener((message) => {
  if (message?.transportLens === 'roll-call') hello();
});
// A page that comes back from the back/forward cache lost its port on the way.
addEventListener('pageshow', (event) => {
  if (event.persisted) hello();
});
hello();

function forward(recorder: chrome.runtime.Port, batch: unknown): void {
  try {
    recorder.postMessage(batch);
  } catch {
    // The extension was reloaded or removed: nobody is there any more, and the page must not hear of it.
    recorders.delete(recorder);
    order();
  }
}

function order(): void {
  const order: Order = recorders.size > 0 ? { order: 'start', wanted: WANTED_BY_DEFAULT } : { order: 'stop' };
  page?.postMessage(order);
}

function hello(): void {
  // Rejects when no DevTools is open anywhere: the usual case, and fine. Gone altogether when the extension was reloaded.
  chrome.runtime?.sendMessage({ transportLens: 'hello', at: Date.now() } satisfies Hello).catch(() => {});
}
