import type { Frame } from 'puppeteer-core';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import type { FixtureServer } from '../support/fixture-server.ts';
import { waitFor } from '../support/wait-for.ts';

const SECONDS = 3;
/** Events a second that are tried, one after another, until some are lost. */
const RATES = [10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 80_000, 100_000];

export interface Throughput {
  /** What the page received a second, measured, at the highest rate of which none was lost. */
  eventsPerSecond: number;
  /** What was lost of all events of the next higher rate; null when there was none. */
  lostBeyond: number | null;
}

/**
 * Server-sent events a second that reach the panel without one lost, with the real panel open and drawing. Rejects when events
 * are neither there nor counted as lost.
 */
export async function throughput(server: FixtureServer): Promise<Throughput> {
  let best = 0;
  for (const rate of RATES) {
    const browser = await startBrowser(EXTENSION);
    try {
      const page = (await browser.pages())[0]!;
      await page.goto(`${server.url}/html?throughput`);
      const { frame } = await openPanel(page);
      const count = rate * SECONDS;
      const tookMs = await page.evaluate(takeAll, rate, count);
      const accounted = async () => {
        const { received, lost } = await countsOf(frame);
        return received + lost >= count && { received, lost };
      };
      const { received, lost } = await waitFor(accounted, PATIENCE_MS, STEP_MS);
      // Besides the messages, the stream itself has a few events that may be lost.
      if (received + lost > count + 10)
        throw new Error(`${count} events came, ${received} arrived and ${lost} were lost`);
      if (lost > 0) return { eventsPerSecond: best, lostBeyond: lost / count };
      best = (1000 * count) / tookMs;
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
  panel.evaluate(`(() => {
    const { dropped, channels } = transportLensSession();
    return { lost: dropped, received: channels.reduce((sum, { messages }) => sum + messages.received, 0) };
  })()`) as Promise<{ lost: number; received: number }>;

/** Runs in the page; returns the milliseconds from the first event to the last. */
async function takeAll(rate: number, count: number): Promise<number> {
  const source = new EventSource(`/rate-sse?rate=${rate}&count=${count}`);
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
