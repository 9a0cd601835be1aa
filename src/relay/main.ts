import { HANDOVER_EVENT, type Hello, isBatch, type Order } from '../protocol.ts';
import { createAudience } from './audience.ts';

/*
 * The relay stands between the page's hooks and the recorder and forwards batches verbatim.
 * It never opens a runtime Port itself: such a port would reach the panels of every tab. It says hello, and the recorder
 * that owns this tab dials it. Uses `chrome.*` directly: the polyfill would cost 10 kB in every frame.
 */
let page: MessagePort | null = null;
const audience = createAudience((order) => page?.postMessage(order));

document.addEventListener(
  HANDOVER_EVENT,
  (event) => {
    event.stopImmediatePropagation();
    page = (event as MessageEvent).ports[0] ?? null;
    if (page === null) return;
    page.onmessage = ({ data }) => audience.hear(isBatch(data) ? data : null);
    audience.repeat();
  },
  { once: true },
);

chrome.runtime.onConnect.addListener((port) => {
  const listener = audience.join((batch) => port.postMessage(batch));
  port.onMessage.addListener((order: Order) => listener.order(order));
  // Also when the extension is reloaded or removed.
  port.onDisconnect.addListener(() => listener.leave());
});

chrome.runtime.onMessage.addListener((message) => {
  if (message?.transportLens === 'roll-call') hello();
});
// A page that comes back from the back/forward cache lost its port on the way.
addEventListener('pageshow', (event) => {
  if (event.persisted) hello();
});
hello();

function hello(): void {
  try {
    // Rejects when no DevTools is open anywhere: the usual case, and fine.
    chrome.runtime.sendMessage({ transportLens: 'hello', at: Date.now() } satisfies Hello).catch(() => {});
  } catch {
    // The extension was reloaded or removed, and this is a leftover of it.
  }
}
