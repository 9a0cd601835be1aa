import browser, { type Runtime } from 'webextension-polyfill';
import type { PageDocument } from '../../core/model.ts';
import {
  ACK_BATCHES,
  type Batch,
  type Hello,
  type Order,
  type RollCall,
  WANTED_BY_DEFAULT,
  type Wanted,
} from '../../protocol.ts';
import { createFinisher } from './finish.ts';
import { readBatch } from './read-batch.ts';
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

export interface Frames {
  /** Asks every document, and those to come, for so much of each payload. */
  want(wanted: Wanted): void;
  /** Makes the pages' hooks dormant. */
  hangUp(): void;
}

/**
 * Dials every document of the tab that says hello, and asks those already there to say it.
 * No permission is needed for either. Keyed by documentId: a frameId goes stale when a prerendered page is activated.
 */
export function dialFrames(tabId: number, listener: FrameListener, wantedAtFirst: Wanted = WANTED_BY_DEFAULT): Frames {
  const ports = new Map<string, Runtime.Port>();
  let wanted = wantedAtFirst;

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
    const finish = createFinisher();
    let unacknowledged = 0;
    port.onMessage.addListener((raw) => {
      const checked = readBatch(raw);
      if (checked !== null) {
        const batch = finish(checked.batch);
        for (const event of batch.events) {
          if ('url' in event && event.url !== null) event.url = resolveUrl(event.url, batch.base);
        }
        listener.onBatch(documentKey, batch, checked.rejected);
      }
      if (++unacknowledged < ACK_BATCHES) return;
      tell(port, { order: 'ack', batches: unacknowledged });
      unacknowledged = 0;
    });
    port.onDisconnect.addListener(() => {
      if (ports.get(documentKey) !== port) return;
      ports.delete(documentKey);
      listener.onGone(documentKey);
    });
    tell(port, { order: 'start', wanted });
  };

  browser.runtime.onMessage.addListener(onMessage);
  // Rejects where no content script runs: a new tab, a page of the browser itself.
  browser.tabs.sendMessage(tabId, { transportLens: 'roll-call' } satisfies RollCall).catch(() => {});
  return {
    want(next) {
      wanted = next;
      for (const port of ports.values()) tell(port, { order: 'start', wanted });
    },
    hangUp() {
      browser.runtime.onMessage.removeListener(onMessage);
      for (const port of ports.values()) port.disconnect();
      ports.clear();
    },
  };
}

function tell(port: Runtime.Port, order: Order): void {
  try {
    port.postMessage(order);
  } catch {
    // The document was left this very moment; that it is gone comes next.
  }
}
