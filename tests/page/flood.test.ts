import type { Browser, Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { withoutNetworkEvents } from '../support/driver.ts';
import { type FixtureServer, startFixtureServer } from '../support/fixture-server.ts';
import { startRecording } from '../support/recording.ts';
import { waitFor } from '../support/wait-for.ts';

let server: FixtureServer;
let browser: Browser;
let page: Page;

beforeEach(async () => {
  server = await startFixtureServer();
  browser = await startBrowser(EXTENSION);
  page = await browser.newPage();
  await withoutNetworkEvents(page);
});
afterEach(() => Promise.all([browser.close(), server.close()]));

/**
 * Runs in the page: sends so many messages, so many in each turn of 5 ms. Returns how long the page could do nothing else at the
 * longest, in ms.
 */
async function flood(count: number, perTurn: number): Promise<number> {
  const socket = new WebSocket(`ws://${location.host}/ws?sink`);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const text = 'x'.repeat(100);
  let longest = 0;
  let turn = performance.now();
  for (let sent = 0; sent < count; ) {
    for (const end = Math.min(count, sent + perTurn); sent < end; sent++) socket.send(text);
    await new Promise((resolve) => setTimeout(resolve, 5));
    longest = Math.max(longest, performance.now() - turn);
    turn = performance.now();
  }
  return longest;
}

/** Visibility, connect and open. */
const BESIDES = 3;

test.each([
  ['in one go', 100_000, 100_000],
  ['100,000 a second', 300_000, 500],
])('messages %s: each is either there or counted as lost, and the page goes on', async (_, count, perTurn) => {
  const recording = await startRecording(browser);
  await page.goto(`${server.url}/html?flood`);
  await page.bringToFront();
  await waitFor(() => recording.hears('flood'));
  const longestMs = await page.evaluate(flood, count, perTurn);
  const counts = await waitFor(async () => {
    const now = await recording.counts('flood');
    // A peak of `bufferedAmount` is an event, too.
    return now.came + now.lost >= count + BESIDES && now;
  });
  const peaks = counts.came + counts.lost - count - BESIDES;
  expect(peaks).toBeLessThan(20);
  expect(counts.came).toBeGreaterThan(10_000);
  // Room for the frame of the message; one byte too many makes it twenty times as costly.
  expect(counts.largest).toBeLessThan(65_536 - 2000);
  expect(counts.largest).toBeGreaterThan(40_000);
  if (perTurn < count) expect(longestMs).toBeLessThan(2000);
});
