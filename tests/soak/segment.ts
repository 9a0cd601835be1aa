import type { Browser, Page } from 'puppeteer-core';
import { openPanel } from '../../src/cli/browser/panel.ts';
import type { TestServer } from '../../test-server/server.ts';
import { untilSession } from '../support/session.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Shown, shownIn, unaccounted } from './account.ts';
import { heldHeapBytes } from './heap.ts';
import { NEWS, playRound, type Round } from './traffic.ts';

/** Rounds in one document, and before its heap is measured for the first time: code is compiled, buffers are filled. */
const STAY_ROUNDS = 12;
const WARM_UP = 4;
/** Ways on from page to page. */
const WAYS = ['goto', 'reload', 'back', 'push-state'] as const;
const WANDER_ROUNDS = 2 * WAYS.length;
const ECHOES = 300;

/** What a stretch between two loads of the extension came to. */
export interface Segment {
  played: Round;
  shown: Shown;
  lost: number;
  invented: number;
  /** Of the page that stayed: what it held at the end more than at its beginning. */
  heapGrowthBytes: number;
  /** What pages threw or wrote on the console. */
  errors: string[];
}

/** Plays in a tab of its own with DevTools open: first in one document, then from one to the next. */
export async function playSegment(browser: Browser, server: TestServer): Promise<Segment> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => errors.push(message.text()));
  // tsx keeps function names through a helper that does not exist in a page.
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
  await page.goto(`${server.url}/truth.schema.json?0`);
  const { frame } = await openPanel(page);
  await frame.click('.toolbar input[type="checkbox"]');

  const played: Round = { requests: 0, messages: 0 };
  const round = async (leaves: boolean) => {
    const run = server.createRun({ kind: 'recorded', times: Array.from({ length: NEWS }, (_, i) => i).join() });
    // Whoever asks for more than has happened is refused.
    await waitFor(() => server.truth(run).events.length === NEWS);
    const done = await page.evaluate(playRound, run, NEWS, ECHOES, leaves);
    played.requests += done.requests;
    played.messages += done.messages;
  };
  for (let i = 0; i < WARM_UP; i++) await round(false);
  const heapBefore = await heldHeapBytes(page);
  for (let i = WARM_UP; i < STAY_ROUNDS; i++) await round(false);
  const heapGrowthBytes = (await heldHeapBytes(page)) - heapBefore;
  for (let i = 0; i < WANDER_ROUNDS; i++) {
    const way = WAYS[i % WAYS.length]!;
    await round(way !== 'push-state');
    await move(page, server, way, i);
  }
  // Batches and entries that are on their way; what is still short after that is lost.
  await untilSession(frame, ({ channels }) => channels.every(({ inFlight }) => inFlight === 0)).catch(() => null);
  let shown = await shownIn(frame);
  for (let looks = 0; looks < 40 && unaccounted(played, shown).lost > 0; looks++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    shown = await shownIn(frame);
  }
  await page.close();
  return { played, shown, ...unaccounted(played, shown), heapGrowthBytes, errors };
}

async function move(page: Page, server: TestServer, way: (typeof WAYS)[number], i: number): Promise<void> {
  switch (way) {
    case 'goto':
      await page.goto(`${server.url}/truth.schema.json?next${i}`);
      return;
    case 'reload':
      await page.reload();
      return;
    case 'back':
      await page.goBack();
      return;
    case 'push-state':
      await page.evaluate((url) => history.pushState(null, '', url), `/truth.schema.json?pushed${i}`);
      return;
  }
}
