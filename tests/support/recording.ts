import { createHash } from 'node:crypto';
import type { Browser } from 'puppeteer-core';
import { type Batch, type PageEvent, readBatch } from '../../src/protocol.ts';
import { EXTENSION } from './built-extension.ts';
import { waitFor } from './wait-for.ts';

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
  /**
   * The documents of the tab whose first URL contains `marker`, in the order of their hellos: null until one of them has
   * just told of a request to `lastUrl`. Rejects when a batch is not of the protocol.
   */
  documents(marker: string, lastUrl: string): Promise<RecordedDocument[] | null>;
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
  // The browser answers before it has taken the extension in.
  const opened = () => page.goto(`chrome-extension://${extensionId}/manifest.json`).catch(() => null);
  await waitFor(opened);
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
    async documents(marker, lastUrl) {
      const raw = await page.evaluate(ofTab, marker, lastUrl);
      return raw?.map(checked) ?? null;
    },
  };
}

/** Runs in the extension's page. Looks only at the newest batches of each document: there may be many. */
function ofTab(marker: string, lastUrl: string): RawDocument[] | null {
  const { documents } = window as unknown as { documents: RawDocument[] };
  const tabId = documents.find(({ url }) => url.includes(marker))?.tabId;
  const own = documents.filter((document) => document.tabId === tabId);
  const isLast = (event: PageEvent) => event.kind === 'request' && event.url?.endsWith(lastUrl);
  const newest = own.flatMap(({ batches }) => batches.slice(-20) as Batch[]);
  return newest.some(({ events }) => events.some(isLast)) ? own : null;
}

function checked({ batches, ...document }: RawDocument): RecordedDocument {
  const read = batches.map((batch) => readBatch(batch));
  if (read.some((batch) => batch === null || batch.rejected > 0)) throw new Error('a batch is malformed');
  return {
    ...document,
    dropped: read.reduce((sum, batch) => sum + batch!.batch.dropped, 0),
    events: read.flatMap((batch) => batch!.batch.events),
  };
}
