import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { withoutNetworkEvents } from '../support/driver.ts';
import type { FixtureServer } from '../support/fixture-server.ts';
import { startRecording } from '../support/recording.ts';
import { NAIVE_HOOK } from './naive-hook.ts';

/** Columns of the table: the browser alone, our hooks with nobody and with somebody listening, a typical hook. */
export const WAYS = ['native', 'dormant', 'recording', 'naive'] as const;
export type Way = (typeof WAYS)[number];

/** A page of one of the ways, in a browser of its own. */
export interface Lane {
  way: Way;
  browser: Browser;
  page: Page;
  cdp: CDPSession;
}

export async function openLane(way: Way, server: FixtureServer): Promise<Lane> {
  const isOurs = way === 'dormant' || way === 'recording';
  const browser = await startBrowser(isOurs ? EXTENSION : null);
  // What a recorder does with it takes the other core, which the browser needs to send what the page says.
  if (way === 'recording') await startRecording(browser, { keeps: false });
  const page = await browser.newPage();
  // tsx keeps function names through a helper that does not exist in a page.
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
  if (way === 'naive') await page.evaluateOnNewDocument(NAIVE_HOOK);
  await page.goto(`${server.url}/html?lane=${way}`);
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable');
  await withoutNetworkEvents(page);
  return { way, browser, page, cdp };
}

/**
 * CPU seconds of the page's main thread, where every hook runs, and where most of the browser's own work for a page is done:
 * what the network process and other threads add is left out, so that the ratios are the harder ones.
 */
export async function cpuSeconds({ cdp }: Lane): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ThreadTime')!.value;
}

/** Runs it in the page and returns the CPU microseconds it took. */
export async function cpuMicroseconds<A extends unknown[]>(
  lane: Lane,
  run: (...args: A) => unknown,
  ...args: A
): Promise<number> {
  await lane.page.bringToFront();
  const before = await cpuSeconds(lane);
  await lane.page.evaluate(run as (...args: unknown[]) => unknown, ...args);
  return 1e6 * ((await cpuSeconds(lane)) - before);
}

/** Bytes of the page's memory that are in use once everything unused is gone: scripts, documents, buffers. */
export async function usedBytes({ cdp }: Lane): Promise<number> {
  // Buffers go in the collection after the one that finds them unused.
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const usage = (await cdp.send('Runtime.getHeapUsage')) as unknown as Record<string, number | undefined>;
  return (usage.usedSize ?? 0) + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
}
