import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Frame } from 'puppeteer-core';
import { EXTENSION } from '../../support/built-extension.ts';
import { threadSeconds } from './frames.ts';

/** From the beginning of the panel's page to its first picture. */
export const visibleAfterMs = (panel: Frame): Promise<number> =>
  panel.evaluate(
    () =>
      new Promise<number>((told) => {
        const tell = (list: PerformanceObserverEntryList) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint !== undefined) told(paint.startTime);
        };
        new PerformanceObserver(tell).observe({ type: 'paint', buffered: true });
      }),
  );

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

/**
 * Scripts of the panel, compressed as a server would: those it needs before it is shown, with the longer of its languages, and all
 * that it may ever fetch.
 */
export function scriptBytes(): { atStart: number; all: number } {
  const folder = join(EXTENSION, 'assets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.js') && !/devtools|worker/.test(name));
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const bytes = (name: string) => gzipSync(text(name)).length;
  const languages = names.filter((name) => name.startsWith('messages-'));
  const atStart = new Set<string>();
  const need = (name: string): void => {
    if (atStart.has(name)) return;
    atStart.add(name);
    for (const [, imported] of text(name).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) need(imported!);
  };
  need(names.find((name) => name.startsWith('panel-'))!);
  const sum = (some: Iterable<string>) => [...some].reduce((total, name) => total + bytes(name), 0);
  return { atStart: sum(atStart) + Math.max(...languages.map(bytes)), all: sum(names) };
}
