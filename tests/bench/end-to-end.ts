import type { Frame } from 'puppeteer-core';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { withoutNetworkEvents } from '../support/driver.ts';
import type { FixtureServer } from '../support/fixture-server.ts';
import { waitFor } from '../support/wait-for.ts';

const SECONDS = 3;
/** Events a second that are tried, one after another, until some are lost. */
const RATES = [10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 80_000, 100_000];

export interface Throughput {
  /** What the page read a second, measured, at the highest rate of which none was lost. */
  eventsPerSecond: number;
  /** What was lost of all events of the next higher rate; null when the page could make no more. */
  lostBeyond: number | null;
}

/** How the events come: each runs in the page and returns the milliseconds from the first event to the last. */
export const EVENTS = {
  'events of an EventSource': readEventSource,
  'lines of a stream, several in a piece': readLines,
  'lines of a stream, each read by itself': readOneByOne,
} as const;

/**
 * Events a second that reach the panel without one lost, with the real panel open and drawing. Rejects when events are neither there
 * nor counted as lost.
 */
export async function throughput(
  server: FixtureServer,
  read: (rate: number, count: number) => Promise<number>,
): Promise<Throughput> {
  let best = 0;
  for (const rate of RATES) {
    const browser = await startBrowser(EXTENSION);
    try {
      const page = (await browser.pages())[0]!;
      await page.goto(`${server.url}/html?throughput`);
      const { frame } = await openPanel(page);
      await withoutNetworkEvents(page);
      const count = rate * SECONDS;
      const tookMs = await page.evaluate(read, rate, count);
      const { received, lost } = await waitFor(
        async () => {
          const counts = await countsOf(frame);
          return counts.received + counts.lost >= count && counts;
        },
        PATIENCE_MS,
        STEP_MS,
      );
      // Besides its pieces, the stream has a few events that may be lost.
      if (received + lost > count + 10) throw new Error(`Of ${count} events ${received} came and ${lost} were lost.`);
      if (lost > 0) return { eventsPerSecond: best, lostBeyond: lost / count };
      const reached = (1000 * count) / tookMs;
      // The page itself can do no more.
      if (reached < 0.9 * rate) return { eventsPerSecond: Math.max(best, reached), lostBeyond: null };
      best = reached;
    } finally {
      await browser.close();
    }
  }
  return { eventsPerSecond: best, lostBeyond: null };
}

const PATIENCE_MS = 60_000;
const STEP_MS = 250;

/** What the panel would save, without the messages themselves. */
const countsOf = (panel: Frame) =>
  panel.evaluate(`(async () => {
    const { dropped, channels } = await transportLensSession();
    return { lost: dropped, received: channels.reduce((sum, { messages }) => sum + messages.received, 0) };
  })()`) as Promise<{ lost: number; received: number }>;

async function readEventSource(rate: number, count: number): Promise<number> {
  const source = new EventSource(`/paced?of=sse&rate=${rate}&count=${count}`);
  let left = count;
  let startedAt = 0;
  await new Promise<void>((resolve) => {
    source.onmessage = () => {
      if (left === count) startedAt = performance.now();
      if (--left === 0) resolve();
    };
  });
  source.close();
  return performance.now() - startedAt;
}

async function readLines(rate: number, count: number): Promise<number> {
  const reader = (await fetch(`/paced?rate=${rate}&count=${count}`)).body!.getReader();
  const startedAt = performance.now();
  while (!(await reader.read()).done);
  return performance.now() - startedAt;
}

/** The dearest way: DevTools follows each of the promises. */
async function readOneByOne(rate: number, count: number): Promise<number> {
  const { body } = await fetch(`/lines?count=${count}`);
  const reader = body!.getReader({ mode: 'byob' });
  let line = new Uint8Array(10);
  const startedAt = performance.now();
  for (let read = 0; read < count; ) {
    const due = Math.min(count, ((performance.now() - startedAt) * rate) / 1000);
    for (; read < due; read++) line = (await reader.read(line, { min: 10 } as never)).value as never;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - startedAt;
}
