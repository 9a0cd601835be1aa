import { createHash } from 'node:crypto';
import type { Browser } from 'puppeteer-core';
import { createFinisher } from '../../src/panel/source/finish.ts';
import { readBatch } from '../../src/panel/source/read-batch.ts';
import { ACK_BATCHES, type PageEvent, WANTED_BY_DEFAULT, type Wanted, type WireBatch } from '../../src/protocol.ts';
import { EXTENSION } from './built-extension.ts';
import { waitFor } from './wait-for.ts';

/** One document that said hello, and everything its hooks told. */
export interface RecordedDocument {
  tabId: number;
  frameId: number;
  url: string;
  gone: boolean;
  dropped: number;
  /** The visibility with which every document begins; null when it was dropped. */
  began: string | null;
  /** What came after that. */
  events: PageEvent[];
}

export interface Listening {
  wanted?: Wanted;
  /** Whether batches are acknowledged, as the recorder does: yes unless said otherwise. */
  acknowledges?: boolean;
}

export interface Recording {
  /** Whether a document whose URL contains `marker` has told anything: from then on its hooks know that somebody listens. */
  hears(marker: string): Promise<boolean>;
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

/** As JSON, which has no bytes. */
type RawBatch = Omit<WireBatch, 'bytes'> & { bytes: number[] | null };
type RawDocument = Omit<RecordedDocument, 'events' | 'dropped' | 'began'> & { batches: RawBatch[] };

/**
 * Dials the relays of every tab as the recorder does, from a page of the extension: all hooks are live, and what arrives
 * is read as it left the relay. Much quicker than opening DevTools.
 */
export async function startRecording(browser: Browser, listening: Listening = {}): Promise<Recording> {
  const { wanted = WANTED_BY_DEFAULT, acknowledges = true } = listening;
  const page = (await browser.pages())[0]!;
  // The browser answers before it has taken the extension in.
  const opened = () => page.goto(`chrome-extension://${extensionId}/manifest.json`).catch(() => null);
  await waitFor(opened);
  await page.evaluate(dialAll, wanted, acknowledges ? ACK_BATCHES : 0);
  return {
    hears: (marker) => page.evaluate(isHeard, marker),
    async documents(marker, lastUrl) {
      const raw = await page.evaluate(ofTab, marker, lastUrl);
      return raw?.map(checked) ?? null;
    },
  };
}

/** Runs in the extension's page. */
function dialAll(wanted: Wanted, ackBatches: number): void {
  const documents: RawDocument[] = [];
  Object.assign(window, { documents });
  chrome.runtime.onMessage.addListener((message, sender) => {
    if (message?.transportLens !== 'hello') return;
    const { tab, frameId, url, documentId } = sender;
    const document: RawDocument = { tabId: tab!.id!, frameId: frameId!, url: url!, gone: false, batches: [] };
    documents.push(document);
    const port = chrome.tabs.connect(tab!.id!, { documentId: documentId! });
    let count = 0;
    port.onMessage.addListener((batch: WireBatch) => {
      document.batches.push({ ...batch, bytes: batch.bytes === null ? null : [...batch.bytes] });
      if (++count % ackBatches === 0) port.postMessage({ order: 'ack', batches: ackBatches });
    });
    port.onDisconnect.addListener(() => {
      document.gone = true;
    });
    port.postMessage({ order: 'start', wanted });
  });
}

/** Runs in the extension's page. */
const isHeard = (marker: string): boolean =>
  (window as unknown as { documents: RawDocument[] }).documents.some(
    ({ url, batches }) => url.includes(marker) && batches.length > 0,
  );

/** Runs in the extension's page. Looks only at the newest batches of each document: there may be many. */
function ofTab(marker: string, lastUrl: string): RawDocument[] | null {
  const { documents } = window as unknown as { documents: RawDocument[] };
  const tabId = documents.find(({ url }) => url.includes(marker))?.tabId;
  const own = documents.filter((document) => document.tabId === tabId);
  const newest = own.flatMap(({ batches }) => batches.slice(-20));
  return newest.some(({ events }) => events.some((event) => event[0] === 'request' && event[5]?.endsWith(lastUrl)))
    ? own
    : null;
}

function checked({ batches, ...document }: RawDocument): RecordedDocument {
  const finish = createFinisher();
  const read = batches.map((raw) => {
    const batch = readBatch({ ...raw, bytes: raw.bytes === null ? null : Uint8Array.from(raw.bytes) });
    if (batch === null || batch.rejected > 0) throw new Error('a batch is malformed');
    return finish(batch.batch);
  });
  const [first, ...rest] = read.flatMap(({ events }) => events);
  const began = first?.kind === 'visibility' && first.id === 0 ? first.state : null;
  return {
    ...document,
    dropped: read.reduce((sum, { dropped }) => sum + dropped, 0),
    began,
    events: first === undefined || began !== null ? rest : [first, ...rest],
  };
}
