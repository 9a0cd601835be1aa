import { createHash } from 'node:crypto';
import type { Browser } from 'puppeteer-core';
import { type PageEvent, readBatch } from '../../src/protocol.ts';
import { EXTENSION } from './built-extension.ts';

/** One document that said hello, and everything its hooks told. */
export interface RecordedDocument {
  tabId: number;
  frameId: number;
  url: string;
  gone: boolean;
  dropped: number;
  events: PageEvent[];
}

export interface Recording {
  /** All documents so far, in the order of their hellos. Rejects when a batch is not of the protocol. */
  documents(): Promise<RecordedDocument[]>;
}

/** Chromium derives the id of an unpacked extension from its path. */
const extensionId = createHash('sha256')
  .update(EXTENSION)
  .digest('hex')
  .slice(0, 32)
  .replace(/./g, (hex) => 'abcdefghijklmnop'[Number.parseInt(hex, 16)]!);

type RawDocument = Omit<RecordedDocument, 'events' | 'dropped'> & { batches: unknown[] };

/**
 * Dials the relays of every tab as the recorder does, from a page of the extension: all hooks are live, and what arrives
 * is read as it left the relay. Much quicker than opening DevTools.
 */
export async function startRecording(browser: Browser): Promise<Recording> {
  const page = (await browser.pages())[0]!;
  await page.goto(`chrome-extension://${extensionId}/manifest.json`);
  await page.evaluate(() => {
    const documents: RawDocument[] = [];
    Object.assign(window, { documents });
    chrome.runtime.onMessage.addListener((message, sender) => {
      if (message?.transportLens !== 'hello') return;
      const { tab, frameId, url, documentId } = sender;
      const document: RawDocument = { tabId: tab!.id!, frameId: frameId!, url: url!, gone: false, batches: [] };
      documents.push(document);
      const port = chrome.tabs.connect(tab!.id!, { documentId: documentId! });
      port.onMessage.addListener((batch) => void document.batches.push(batch));
      port.onDisconnect.addListener(() => {
        document.gone = true;
      });
    });
  });
  return {
    async documents() {
      const raw = await page.evaluate(() => (window as unknown as { documents: RawDocument[] }).documents);
      return raw.map(({ batches, ...document }) => {
        const checked = batches.map((batch) => readBatch(batch));
        if (checked.some((read) => read === null || read.rejected > 0)) throw new Error('a batch is malformed');
        return {
          ...document,
          dropped: checked.reduce((sum, read) => sum + read!.batch.dropped, 0),
          events: checked.flatMap((read) => read!.batch.events),
        };
      });
    },
  };
}
