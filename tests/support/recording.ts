import type { Browser } from 'puppeteer-core';
import { createFinisher } from '../../src/panel/source/finish.ts';
import { readBatch } from '../../src/panel/source/read-batch.ts';
import {
  ACK_BATCHES,
  type Hello,
  type PageEvent,
  WANTED_BY_DEFAULT,
  type Wanted,
  type WireBatch,
} from '../../src/protocol.ts';
import { EXTENSION_ID } from './extension-id.ts';
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
  /** Whether what arrives is kept: yes unless said otherwise. */
  keeps?: boolean;
}

export interface Recording {
  /** Whether a document whose URL contains `marker` has told anything: from then on its hooks know that somebody listens. */
  hears(marker: string): Promise<boolean>;
  /**
   * The documents of the tab whose first URL contains `marker`, in the order of their hellos: null until so many of them have
   * just told of a request to `lastUrl`. Rejects when a batch is not of the protocol.
   */
  documents(marker: string, lastUrl: string, tellers?: number): Promise<RecordedDocument[] | null>;
  /** Events of that tab that came, that were said to be lost, and the bytes of the largest batch of them, its text being ASCII. */
  counts(marker: string): Promise<{ came: number; lost: number; largest: number }>;
  /** Acknowledges all that came; only of use where nothing else does. */
  catchUp(): Promise<void>;
  /** Closes every port and answers no more hellos. */
  hangUp(): Promise<void>;
  /** Ends it, and the page it ran in. */
  close(): Promise<void>;
}

/** As JSON, which has no bytes. */
type RawBatch = Omit<WireBatch, 'times' | 'fields' | 'bytes'> & {
  times: number[];
  fields: number[];
  bytes: number[] | null;
};
/** What the extension's page keeps on its window. */
interface State {
  documents: RawDocument[];
  ports: Map<string, { port: chrome.runtime.Port; unacknowledged: number }>;
  onMessage: (message: unknown, sender: chrome.runtime.MessageSender) => void;
}
type RawDocument = Omit<RecordedDocument, 'events' | 'dropped' | 'began'> & { batches: RawBatch[] };

/**
 * Dials the relays of every tab as the recorder does, from a page of the extension: all hooks are live, and what arrives
 * is read as it left the relay. Much quicker than opening DevTools.
 */
export async function startRecording(browser: Browser, listening: Listening = {}): Promise<Recording> {
  const { wanted = WANTED_BY_DEFAULT, acknowledges = true, keeps = true } = listening;
  const page = await browser.newPage();
  // tsx, which runs the benchmarks, keeps function names through a helper that does not exist in a page.
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
  // The browser answers before it has taken the extension in.
  const opened = () => page.goto(`chrome-extension://${EXTENSION_ID}/manifest.json`).catch(() => null);
  await waitFor(opened);
  await page.evaluate(dialAll, wanted, acknowledges ? ACK_BATCHES : Infinity, keeps);
  return {
    hears: (marker) => page.evaluate(isHeard, marker),
    async documents(marker, lastUrl, tellers = 1) {
      const raw = await page.evaluate(ofTab, marker, lastUrl, tellers);
      return raw?.map(checked) ?? null;
    },
    counts: (marker) => page.evaluate(countsOf, marker),
    catchUp: () => page.evaluate(acknowledgeAll),
    hangUp: () => page.evaluate(hangUp),
    close: () => page.close(),
  };
}

/* The following run in the extension's page. */

async function dialAll(wanted: Wanted, ackBatches: number, keeps: boolean): Promise<void> {
  const plain = (batch: WireBatch): RawBatch => {
    const bytes = batch.bytes === null ? null : [...batch.bytes];
    return { ...batch, times: [...batch.times], fields: [...batch.fields], bytes };
  };
  const state: State = { documents: [], ports: new Map(), onMessage };
  Object.assign(window, state);
  function onMessage(message: unknown, { tab, frameId, url, documentId }: chrome.runtime.MessageSender): void {
    // Another recorder may have called the roll.
    if ((message as Hello)?.transportLens !== 'hello' || state.ports.has(documentId!)) return;
    const document: RawDocument = { tabId: tab!.id!, frameId: frameId!, url: url!, gone: false, batches: [] };
    state.documents.push(document);
    const port = chrome.tabs.connect(tab!.id!, { documentId: documentId! });
    const line = { port, unacknowledged: 0 };
    state.ports.set(documentId!, line);
    port.onMessage.addListener((batch: WireBatch) => {
      if (keeps) document.batches.push(plain(batch));
      if (++line.unacknowledged < ackBatches) return;
      port.postMessage({ order: 'ack', batches: line.unacknowledged });
      line.unacknowledged = 0;
    });
    port.onDisconnect.addListener(() => {
      document.gone = true;
      state.ports.delete(documentId!);
    });
    port.postMessage({ order: 'start', wanted });
  }
  chrome.runtime.onMessage.addListener(onMessage);
  // Nobody answers in tabs of the browser itself.
  for (const { id } of await chrome.tabs.query({}))
    chrome.tabs.sendMessage(id!, { transportLens: 'roll-call' }).catch(() => {});
}

function isHeard(marker: string): boolean {
  const { documents } = window as unknown as State;
  return documents.some(({ url, batches }) => url.includes(marker) && batches.length > 0);
}

/** Looks only at the newest batches of each document: there may be many. */
function ofTab(marker: string, lastUrl: string, tellers: number): RawDocument[] | null {
  const { documents } = window as unknown as State;
  const tabId = documents.find(({ url }) => url.includes(marker))?.tabId;
  const own = documents.filter((document) => document.tabId === tabId);
  const told = own.filter(({ batches }) => batches.slice(-20).some(({ text }) => text.includes(lastUrl)));
  return told.length >= tellers ? own : null;
}

function countsOf(marker: string): { came: number; lost: number; largest: number } {
  const { documents } = window as unknown as State;
  const batches = documents.filter(({ url }) => url.includes(marker)).flatMap(({ batches }) => batches);
  const sum = (of: (batch: RawBatch) => number) => batches.reduce((total, batch) => total + of(batch), 0);
  const bytes = ({ times, fields, text }: RawBatch) => 8 * times.length + fields.length + text.length;
  return {
    came: sum(({ count }) => count),
    lost: sum(({ dropped }) => dropped),
    largest: batches.reduce((most, batch) => Math.max(most, bytes(batch)), 0),
  };
}

function acknowledgeAll(): void {
  for (const line of (window as unknown as State).ports.values()) {
    line.port.postMessage({ order: 'ack', batches: line.unacknowledged });
    line.unacknowledged = 0;
  }
}

function hangUp(): void {
  const { ports, onMessage } = window as unknown as State;
  chrome.runtime.onMessage.removeListener(onMessage);
  for (const { port } of ports.values()) port.disconnect();
  ports.clear();
}

function checked({ batches, ...document }: RawDocument): RecordedDocument {
  const finish = createFinisher();
  const read = batches.map((raw) => {
    const batch = readBatch({
      ...raw,
      times: Float64Array.from(raw.times),
      fields: Uint8Array.from(raw.fields),
      bytes: raw.bytes === null ? null : Uint8Array.from(raw.bytes),
    });
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
