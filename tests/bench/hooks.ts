import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION, setup } from '../support/built-extension.ts';
import { type FixtureServer, startFixtureServer } from '../support/fixture-server.ts';
import { startRecording } from '../support/recording.ts';
import { waitFor } from '../support/wait-for.ts';
import { NAIVE_HOOK } from './naive-hook.ts';
import { readAndCancel, WORKLOADS, type Workload } from './workloads.ts';

/** Columns of the table: the browser alone, our hooks with nobody and with somebody listening, a typical hook. */
const WAYS = ['native', 'dormant', 'recording', 'naive'] as const;
type Way = (typeof WAYS)[number];
const ROUNDS = Number(process.argv[2] ?? 3);

interface Lane {
  page: Page;
  cdp: CDPSession;
}

async function openLane(browser: Browser, server: FixtureServer, way: Way): Promise<Lane> {
  const page = await browser.newPage();
  // tsx keeps function names through a helper that does not exist in a page.
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
  if (way === 'naive') await page.evaluateOnNewDocument(NAIVE_HOOK);
  await page.goto(`${server.url}/html?lane=${way}`);
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable');
  // The driver listens to every message of the network; that would be most of what is measured.
  await (page as unknown as { _client(): CDPSession })._client().send('Network.disable');
  return { page, cdp };
}

/** CPU of the page's process in seconds, all its threads. */
async function cpuSeconds({ cdp }: Lane): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ProcessTime')!.value;
}

/** CPU microseconds per unit. */
async function measure(lane: Lane, { run, count }: Workload): Promise<number> {
  await lane.page.bringToFront();
  const before = await cpuSeconds(lane);
  await lane.page.evaluate(run, count);
  return (1e6 * ((await cpuSeconds(lane)) - before)) / count;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const pad = (cells: (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(28) : String(cell).padStart(17))).join('');

await setup();
const server = await startFixtureServer();
const browsers: Record<Way, Browser> = {
  native: await startBrowser(null),
  dormant: await startBrowser(EXTENSION),
  recording: await startBrowser(EXTENSION),
  naive: await startBrowser(null),
};
try {
  await startRecording(browsers.recording);
  const lanes = {} as Record<Way, Lane>;
  for (const way of WAYS) lanes[way] = await openLane(browsers[way], server, way);

  console.log(pad(['CPU µs each (× native)', ...WAYS]));
  for (const workload of WORKLOADS) {
    const taken: Record<Way, number[]> = { native: [], dormant: [], recording: [], naive: [] };
    const warmUp = { ...workload, count: Math.ceil(workload.count / 10) };
    for (const way of WAYS) await measure(lanes[way], warmUp);
    for (let round = 0; round < ROUNDS; round++)
      for (const way of WAYS) taken[way].push(await measure(lanes[way], workload));
    const native = median(taken.native);
    const cells = WAYS.map((way) => {
      const each = median(taken[way]);
      return `${each.toPrecision(3)} (${(each / native).toFixed(2)}×)`;
    });
    console.log(pad([workload.name, ...cells]));
  }

  const sent: string[] = [];
  const heap: string[] = [];
  for (const way of WAYS) {
    const { page, cdp } = lanes[way];
    await page.bringToFront();
    await page.evaluate(readAndCancel, way);
    const flood = await waitFor(() => server.floods.get(way)!.closed && server.floods.get(way), 5000).catch(() => null);
    sent.push(flood === null ? 'still sending' : `${(flood.sent / 1e6).toFixed(1)} MB`);
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = (await cdp.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    heap.push(`${((usedSize + backingStorageSize) / 1e6).toFixed(1)} MB`);
  }
  console.log(pad(['sent when cancelled', ...sent]));
  console.log(pad(['page memory after all', ...heap]));
  const script = readFileSync(join(EXTENSION, 'src/page/main.js'));
  console.log(`hook script: ${script.length} B, ${gzipSync(script).length} B gzip; medians of ${ROUNDS} rounds`);
} finally {
  await Promise.all([...Object.values(browsers).map((browser) => browser.close()), server.close()]);
}
