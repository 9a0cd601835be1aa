import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Frame } from 'puppeteer-core';
import { EXTENSION } from '../../support/built-extension.ts';
import { threadSeconds } from './frames.ts';

/** From the beginning of the panel's page to its first picture. */
export const visibleAfterMs = (panel: Frame): Promise<number> =>
  panel.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);

/** Share of one core that the panel's main thread takes while nothing happens. */
export async function cpuShare(cdp: CDPSession, forMs: number): Promise<number> {
  const before = await threadSeconds(cdp);
  await new Promise((resolve) => setTimeout(resolve, forMs));
  return ((await threadSeconds(cdp)) - before) / (forMs / 1000);
}

/** JavaScript heap and typed arrays, after a collection. */
export async function heapBytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = (await cdp.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return usedSize + backingStorageSize;
}

/** From the click on the tab to rows on screen. */
export const openMessagesMs = (panel: Frame): Promise<number> =>
  panel.evaluate(async () => {
    const begun = performance.now();
    document.querySelector<HTMLElement>('#tab-messages')!.click();
    while (document.querySelector('.rows__body .row__preview')?.textContent === undefined)
      await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  });

/** Scrolls up by so much a frame, and from the end again when it is at the top. */
export const scroll = (panel: Frame, px: number, frames: number): Promise<void> =>
  panel.evaluate(
    async (step, count) => {
      const grid = document.querySelector('.rows')!;
      for (let i = 0; i < count; i++) {
        grid.scrollTop = grid.scrollTop < step ? grid.scrollHeight : grid.scrollTop - step;
        await new Promise(requestAnimationFrame);
      }
    },
    px,
    frames,
  );

export interface Filtered {
  firstMs: number;
  allMs: number;
  rows: string;
}

/** From typing a filter to a screen full of what it shows (or all there is), and to the end of the search. */
export const filterMs = (panel: Frame, filter: string): Promise<Filtered> =>
  panel.evaluate(async (text) => {
    const counts = () => document.querySelector('.messages__counts')!.textContent!;
    const isSearching = () => /searching/.test(counts());
    const type = (value: string) => {
      const box = document.querySelector<HTMLInputElement>('[data-filter]')!;
      box.value = value;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    };
    while (isSearching()) await new Promise(requestAnimationFrame);
    const before = counts();
    const screen = Math.floor(document.querySelector('.rows')!.clientHeight / 20) - 2;
    const begun = performance.now();
    type(text);
    const isFull = () => document.querySelectorAll('.rows__body .row').length >= screen;
    while (counts() === before || (isSearching() && !isFull())) await new Promise(requestAnimationFrame);
    const firstMs = performance.now() - begun;
    while (isSearching()) await new Promise(requestAnimationFrame);
    const found = { firstMs, allMs: performance.now() - begun, rows: counts() };
    type('');
    return found;
  }, filter);

/** Until the row of that message is on screen. */
export async function completeMs(panel: Frame, message: string): Promise<number> {
  const begun = performance.now();
  await panel.waitForFunction(
    (text) => [...document.querySelectorAll('.rows__body .row__preview')].some((cell) => cell.textContent === text),
    { polling: 'raf', timeout: 120_000 },
    message,
  );
  return performance.now() - begun;
}

export const receivedBy = (panel: Frame): Promise<number> =>
  panel.evaluate('transportLensRecorder.log.history.messages.next') as Promise<number>;

/** All scripts of the panel's page together, compressed as a server would. */
export function scriptBytes(): number {
  const folder = join(EXTENSION, 'assets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js') && !/devtools|worker/.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
}
