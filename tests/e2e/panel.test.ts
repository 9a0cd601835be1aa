import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { EXCHANGE_BYTES, MESSAGE_BYTES } from '../../src/core/store/memory.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { channelAt, sessionOf, untilSession } from '../support/session.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let panel: Frame;
/** A path on the test server whose requests belong to one run, and which no other test uses. */
let poll: string;

const ask = (url: string, times = 1) =>
  page.evaluate(
    async (target, n) => {
      for (let i = 0; i < n; i++) await (await fetch(target)).text();
    },
    url,
    times,
  );

beforeAll(async () => {
  server = await createTestServer();
  browser = await startBrowser(EXTENSION);
  page = (await browser.pages())[0]!;
  await page.goto(`${server.url}/`);
  // Before DevTools exist: this must come out of the page's own buffer.
  await ask(`/poll?run=${server.createRun({})}&before=devtools&since=0`, 3);
  panel = (await openPanel(page)).frame;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(() => {
  poll = `/poll?run=${server.createRun({})}&since=0`;
});

describe('opened late', () => {
  it('shows what the page did before, and owns up to headers nobody reported', async () => {
    const session = await untilSession(panel, (s) => channelAt(s, 'before=devtools') !== undefined);
    expect(channelAt(session, 'before=devtools')).toMatchObject({
      exchanges: 3,
      source: 'page',
      reported: { exchanges: 0, of: 3 },
      bytes: { requestHeader: { value: null, provenance: 'unknown' } },
    });
  });
});

describe('navigation', () => {
  it('starts a fresh log, and records on', async () => {
    await ask(poll);
    await untilSession(panel, (s) => channelAt(s, poll) !== undefined);
    await page.goto(`${server.url}/?second`);
    await untilSession(panel, (s) => s.channels.length === 0 && s.documents[0]?.url.endsWith('?second') === true);
    await ask(poll, 2);
    const session = await untilSession(panel, (s) => channelAt(s, poll)?.reported.exchanges === 2);
    expect(session.channels).toHaveLength(1);
  });

  it('keeps the log when asked to', async () => {
    await panel.locator('.toolbar input[type="checkbox"]').click();
    await ask(poll);
    await untilSession(panel, (s) => channelAt(s, poll) !== undefined);
    await page.reload();
    await ask(`${poll}&again=1`);
    const session = await untilSession(panel, (s) => channelAt(s, 'again=1') !== undefined);
    expect(session.channels.filter(({ sampleUrl }) => sampleUrl.includes(poll))).toHaveLength(2);
    await panel.locator('.toolbar input[type="checkbox"]').click();
  });

  it('cuts what was under way, and counts it', async () => {
    await panel.locator('.toolbar input[type="checkbox"]').click();
    const wait = `/long-poll?run=${server.createRun({ rate: 0.001 })}&since=0&timeout=60000`;
    await page.evaluate((url) => void fetch(url), wait);
    await untilSession(panel, (s) => channelAt(s, wait)?.inFlight === 1);
    await page.goto(`${server.url}/?third`);
    const session = await untilSession(panel, (s) => channelAt(s, wait)?.inFlight === 0);
    expect(channelAt(session, wait)).toMatchObject({ exchanges: 1, aborted: 1 });
    await panel.locator('.toolbar input[type="checkbox"]').click();
  });
});

describe('the toolbar', () => {
  it('clears, and goes on recording', async () => {
    await ask(poll);
    await untilSession(panel, (s) => channelAt(s, poll) !== undefined);
    await panel.locator('.toolbar__clear').click();
    expect((await sessionOf(panel)).channels).toEqual([]);
    await panel.waitForSelector('.nothing');
    await ask(`${poll}&after=clear`);
    await untilSession(panel, (s) => channelAt(s, 'after=clear') !== undefined);
  });

  it('has below it what the recording takes, of how much it may take', async () => {
    const untilMemory = (text: string) =>
      panel.waitForFunction(
        (wanted) => document.querySelector('[data-figure="memory"]')?.textContent === wanted,
        {},
        text,
      );
    await panel.locator('.toolbar__clear').click();
    // By the settings: 200 MB of content, 64 MB of bodies, and the records of a million messages and 50,000 requests.
    const limitMB = Math.round(200 + 64 + MESSAGE_BYTES + 0.05 * EXCHANGE_BYTES);
    await untilMemory(`0 B of ${limitMB} MB memory`);
    const answerBytes = await page.evaluate(async (url) => (await (await fetch(url)).text()).length, poll);
    await untilMemory(`${EXCHANGE_BYTES + answerBytes} B of ${limitMB} MB memory`);
  });

  it('stops recording and takes it up again, without what happened in between', async () => {
    await panel.locator('.toolbar__record').click();
    await panel.waitForSelector('.toolbar__record[aria-pressed="false"]');
    await ask(`${poll}&while=off`, 3);
    await panel.locator('.toolbar__record').click();
    await panel.waitForSelector('.toolbar__record[aria-pressed="true"]');
    await ask(`${poll}&while=on`);
    const session = await untilSession(panel, (s) => channelAt(s, 'while=on')?.reported.exchanges === 1);
    expect(channelAt(session, 'while=off')).toBeUndefined();
  });
});

describe('frames', () => {
  it('are recorded like the page itself, each as a document of its own', async () => {
    await page.evaluate(async (url) => {
      const frame = document.createElement('iframe');
      frame.src = '/?frame';
      document.body.append(frame);
      await new Promise((loaded) => frame.addEventListener('load', loaded));
      await (await frame.contentWindow!.fetch(url)).text();
    }, poll);
    const session = await untilSession(panel, (s) => channelAt(s, poll)?.reported.exchanges === 1);
    const { frame } = channelAt(session, poll)!;
    expect(frame!.frameId).toBeGreaterThan(0);
    expect(frame!.url).toMatch(/\?frame$/);
  });
});

describe('the keyboard', () => {
  it('walks the channels, opens the details and closes them again', async () => {
    await panel.locator('.toolbar__clear').click();
    await ask(`${poll}&row=1`);
    await ask(`${poll}&row=2`);
    await panel.waitForFunction(() => document.querySelectorAll('tr[data-channel]').length === 2);
    const grid = (await panel.$('table[role="grid"]'))!;
    await grid.press('ArrowDown');
    await panel.waitForSelector('tr[aria-selected="true"]');
    await grid.press('ArrowDown');
    await panel.waitForFunction(() => document.querySelector('.detail__url')?.textContent?.includes('row=2'));
    await grid.press('Escape');
    await panel.waitForFunction(() => document.querySelector('.detail') === null);
  });
});

describe('the timeline', () => {
  it('asks for no frame once nothing comes any more', async () => {
    await ask(poll);
    await panel.waitForSelector('.timeline canvas');
    await panel.evaluate(async () => {
      const native = window.requestAnimationFrame;
      let asked = 0;
      window.requestAnimationFrame = (draw) => {
        asked++;
        return native(draw);
      };
      // The recorder's clock asks twice a second, a canvas that is drawn again and again in each frame.
      for (let quiet = 0; quiet < 10; ) {
        asked = 0;
        await new Promise((frame) => native(frame));
        quiet = asked === 0 ? quiet + 1 : 0;
      }
      window.requestAnimationFrame = native;
    });
  });
});
