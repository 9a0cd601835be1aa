import browser, { type Runtime } from 'webextension-polyfill';
import type { PageDocument } from '../../core/model.ts';
import type { Batch } from '../../protocol.ts';
import { type Hello, type RollCall, readBatch } from '../../protocol.ts';
import { resolveUrl } from './resolve-url.ts';

/** What the documents of one tab tell the recorder. */
export interface FrameListener {
  /** A document said hello at `at` (epoch ms). */
  onDocument(document: PageDocument, at: number): void;
  /** A checked batch, its URLs absolute. `rejected`: events that were not of the protocol. */
  onBatch(documentKey: string, batch: Batch, rejected: number): void;
  /** The document's port closed: it was left, or went into the back/forward cache. */
  onGone(documentKey: string): void;
}

/**
 * Dials every document of the tab that says hello, and asks those already there to say it.
 * No permission is needed for either. Keyed by documentId: a frameId goes stale when a prerendered page is activated.
 * Returns a function that hangs up, which makes the pages' hooks dormant.
 */
export function dialFrames(tabId: number, listener: FrameListener): () => void {
  const ports = new Map<string, Runtime.Port>();

  const onMessage = (message: unknown, sender: Runtime.MessageSender): undefined => {
    const documentKey = (sender as chrome.runtime.MessageSender).documentId;
    if ((message as Hello)?.transportLens !== 'hello' || sender.tab?.id !== tabId || documentKey === undefined) return;
    ports.get(documentKey)?.disconnect();
    listener.onDocument(
      { key: documentKey, frameId: sender.frameId ?? 0, url: sender.url ?? '' },
      (message as Hello).at,
    );
    const port = browser.tabs.connect(tabId, { documentId: documentKey } as object);
    ports.set(documentKey, port);
    port.onMessage.addListener((raw) => {
      const checked = readBatch(raw);
      if (checked === null) return;
      for (const event of checked.batch.events) {
        if ('url' in event && event.url !== null) event.url = resolveUrl(event.url, checked.batch.base);
      }
      listener.onBatch(documentKey, checked.batch, checked.rejected);
    });
    port.onDisconnect.addListener(() => {
      if (ports.get(documentKey) !== port) return;
      ports.delete(documentKey);
      listener.onGone(documentKey);
    });
  };

  browser.runtime.onMessage.addListener(onMessage);
  // Rejects where no content script runs: a new tab, a page of the browser itself.
  browser.tabs.sendMessage(tabId, { transportLens: 'roll-call' } satisfies RollCall).catch(() => {});
  return () => {
    browser.runtime.onMessage.removeListener(onMessage);
    for (const port of ports.values()) port.disconnect();
    ports.clear();
  };
}
