import type { Browser, Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PageEvent } from '../../src/protocol.ts';
import { RING_EVENTS } from '../../src/protocol.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { withoutNetworkEvents } from '../support/driver.ts';
import { EXTENSION_ID } from '../support/extension-id.ts';
import { type FixtureServer, startFixtureServer } from '../support/fixture-server.ts';
import { type RecordedDocument, type Recording, startRecording } from '../support/recording.ts';
import { waitFor } from '../support/wait-for.ts';

let server: FixtureServer;
let browser: Browser;
let page: Page;
/** What the page, or anything in it, said on the console or threw. */
let said: string[];

beforeEach(async () => {
  server = await startFixtureServer();
  browser = await startBrowser(EXTENSION);
  page = await browser.newPage();
  await withoutNetworkEvents(page);
  said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(`${server.url}/html?life`);
  await page.evaluate(async () => {
    const socket = new WebSocket(`ws://${location.host}/ws?sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    Object.assign(window, { socket });
  });
});
afterEach(() => Promise.all([browser.close(), server.close()]));

/** Sends so many binary messages, each its number; with a turn of the event loop after each when told so. */
const send = (count: number, each = 'at once') =>
  page.evaluate(
    async (count, each) => {
      const { socket } = window as unknown as { socket: WebSocket };
      for (let i = 0; i < count; i++) {
        socket.send(new Uint32Array([i]));
        if (each === 'in turn') await new Promise((resolve) => setTimeout(resolve, 4));
      }
    },
    count,
    each,
  );

let barriers = 0;
/** The page's document once everything it emitted so far is there. */
async function documentOf(recording: Recording): Promise<RecordedDocument> {
  const barrier = `/sink?barrier${++barriers}`;
  await page.evaluate((url) => navigator.sendBeacon(url), barrier);
  return (await waitFor(() => recording.documents('life', barrier)))[0]!;
}
const sentBytes = (events: PageEvent[]) =>
  events.flatMap((event) => (event.kind === 'message' ? [event.bytes && [...event.bytes]] : []));

test('a recorder that comes late gets what was kept: the newest, how many went before, and no content', async () => {
  await send(6000);
  await page.evaluate(async () => {
    const reader = (await fetch('/chunks?count=3&bytes=10')).body!.getReader();
    while (!(await reader.read()).done);
  });
  const { events, dropped, began } = await documentOf(await startRecording(browser));
  expect(began).toBeNull();
  // The beacon that `documentOf` sends is one more, if the recorder had what came before by then.
  expect(events.length).toBeGreaterThanOrEqual(RING_EVENTS);
  expect(events.length).toBeLessThanOrEqual(RING_EVENTS + 1);
  // Visibility, connect and open came first; the fetch has three events and its chunks.
  const chunks = events.filter(({ kind }) => kind === 'chunk');
  const all = events.length + dropped;
  expect(all).toBeGreaterThanOrEqual(3 + 6000 + 3 + chunks.length + 1);
  // At most some peaks of what waits in the socket come to that.
  expect(all).toBeLessThan(3 + 6000 + 3 + chunks.length + 1 + 10);
  expect(new Set(sentBytes(events))).toEqual(new Set([null]));
  expect(chunks.map((event) => event.kind === 'chunk' && event.text)).toEqual(chunks.map(() => null));
});

test('when the recorder hangs up the hooks are dormant at once, and what follows is kept for the next', async () => {
  const first = await startRecording(browser);
  await waitFor(() => first.hears('life'));
  await send(3);
  expect(sentBytes((await documentOf(first)).events)).toEqual([
    [0, 0, 0, 0],
    [1, 0, 0, 0],
    [2, 0, 0, 0],
  ]);
  await first.hangUp();
  await send(100, 'in turn');
  const { events, dropped } = await documentOf(await startRecording(browser));
  const heads = sentBytes(events);
  // Those of the first moments may have been for the first recorder, and went with it.
  expect(heads.length).toBeGreaterThan(90);
  expect(heads.length + dropped).toBeLessThanOrEqual(100 + 1);
  expect(new Set(heads)).toEqual(new Set([null]));
});

test('of two recorders one that takes nothing more holds up neither the other nor the page, and learns what it lost', async () => {
  const quick = await startRecording(browser);
  const stuck = await startRecording(browser, { acknowledges: false });
  await waitFor(async () => {
    await send(1);
    return stuck.hears('life');
  });
  // From here on both are told the same.
  for (const recording of [quick, stuck]) await documentOf(recording);
  const [{ came: first }, { came: second }] = [await quick.counts('life'), await stuck.counts('life')];
  for (let i = 1; i <= 10; i++) {
    await send(7000);
    // The quick one keeps up.
    await waitFor(async () => (await quick.counts('life')).came >= first + 7000 * i);
  }
  const total = (await quick.counts('life')).came;
  expect(await quick.counts('life')).toMatchObject({ came: total, lost: 0 });
  expect((await stuck.counts('life')).came).toBeLessThan(total);
  await stuck.catchUp();
  await waitFor(async () => {
    const { came, lost } = await stuck.counts('life');
    return came + lost - second === total - first;
  });
});

test('after the extension was removed a page it was in works on without an error; installed again, it hears the next page', async () => {
  await startRecording(browser);
  await send(3);
  await browser.uninstallExtension(EXTENSION_ID);
  const result = await page.evaluate(async () => {
    const { socket } = window as unknown as { socket: WebSocket };
    for (let i = 0; i < 5000; i++) socket.send(`${i}`);
    const { a } = await (await fetch('/json')).json();
    const source = new EventSource('/sse');
    await new Promise((resolve) => source.addEventListener('news', resolve, { once: true }));
    source.close();
    return a;
  });
  expect(result).toBe(1);
  // Away and back: a page from the back/forward cache says hello, now to nobody.
  await page.goto(`${server.url}/html?between`);
  await page.goBack();
  await page.evaluate(() => fetch('/json').then((response) => response.text()));
  await browser.installExtension(EXTENSION);
  const again = await startRecording(browser);
  await page.goto(`${server.url}/html?life&again`);
  const { events } = await documentOf(again);
  expect(events.map(({ kind }) => kind)).toEqual(['request']);
  expect(said).toEqual([]);
});
