import { cpus, loadavg } from 'node:os';
import type { Browser, CDPSession, Frame, Page } from 'puppeteer-core';
import { openPanel } from '../../../src/cli/browser/panel.ts';
import { startBrowser } from '../../support/browser.ts';
import { EXTENSION, setup } from '../../support/built-extension.ts';
import { measureCharts } from './charts.ts';
import { type Flood, startFlood } from './flood.ts';
import { measureList } from './list.ts';
import { measureLive } from './live.ts';
import { fillLog } from './load.ts';
import { measureSession } from './session.ts';
import { cpuShare, heapBytes, scriptBytes, visibleAfterMs } from './steps.ts';
import { atMost, createTable, ms, type Table } from './table.ts';

/*
 * npm run bench:panel [messages]
 * The real panel in DevTools with a million messages over 200 channels, beside what the browser's own Network panel was measured
 * at. Times are of a clock; on a machine that does other things the CPU figures are the ones to compare.
 */
const MESSAGES = Number(process.argv[2] ?? 1_000_000);
const SOCKETS = 180;
const FLOOD_SOCKETS = 20;

/** The panel under test, the page it looks at, and who talks to that page. */
export interface Bench {
  panel: Frame;
  cdp: CDPSession;
  page: Page;
  flood: Flood;
  table: Table;
}

const table = createTable();
await setup();
const flood = await startFlood(FLOOD_SOCKETS);
try {
  const { atStart, all } = scriptBytes();
  const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  table.tell('scripts before the panel is shown, gzip', kB(atStart), { is: '≤ 130 kB', met: atStart <= 130_000 });
  table.tell('all scripts it may fetch, gzip', kB(all), null);
  await withBrowser((browser) => measureSession(browser, table));
  await withBrowser(measurePanel);
} finally {
  table.print();
  const cores = `load average ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`;
  console.log(`${MESSAGES.toLocaleString('en')} messages, ${SOCKETS + FLOOD_SOCKETS} channels; ${cores}`);
  await flood.close();
}

async function withBrowser(measure: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await startBrowser(EXTENSION);
  try {
    await measure(browser);
  } finally {
    await browser.close();
  }
}

async function measurePanel(browser: Browser): Promise<void> {
  const page = (await browser.pages())[0]!;
  await page.goto(flood.url);
  const { frame: panel } = await openPanel(page);
  const cdp = (panel as unknown as { client: CDPSession }).client;
  await cdp.send('Performance.enable');
  // tsx keeps function names through a helper that does not exist in a page.
  await panel.evaluate('globalThis.__name = (f) => f');
  const bench: Bench = { panel, cdp, page, flood, table };

  const visibleMs = await visibleAfterMs(panel);
  table.tell('panel visible after its page loads', ms(visibleMs), atMost(visibleMs, 400), '1.2 s');
  const idle = await cpuShare(cdp, 3000);
  table.tell('CPU of the idle panel', `${(100 * idle).toFixed(1)} %`, { is: '≤ 1 %', met: idle <= 0.01 });

  const heapBefore = await heapBytes(cdp);
  const kept = await fillLog(panel, MESSAGES, SOCKETS);
  const heapFull = await heapBytes(cdp);
  const each = Math.round((heapFull - heapBefore) / kept);
  table.tell(`memory a message (${kept.toLocaleString('en')} kept)`, `${each} B`, null, '9.9 kB');

  await measureList(bench);
  const heapRead = await heapBytes(cdp);
  await measureLive(bench);
  const heapLast = await heapBytes(cdp);
  const told = [heapFull, heapRead, heapLast].map((bytes) => `${Math.round(bytes / 1e6)} MB`);
  table.tell('heap: full, read, after the flood', told.join(', '), null);
  await measureCharts(bench);
}
