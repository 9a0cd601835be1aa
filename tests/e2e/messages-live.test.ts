import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
let sockets: WebSocketServer;
let socket: ServerSocket;
let browser: Browser;
let page: Page;
let panel: Frame;

beforeAll(async () => {
  server = await createTestServer();
  sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  browser = await startBrowser(EXTENSION);
  page = (await browser.pages())[0]!;
  await page.goto(`${server.url}/`);
  panel = (await openPanel(page)).frame;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  sockets?.close();
  await server?.close();
});

/** Says so many numbered messages to the page. */
const say = (from: number, count: number, text = (i: number) => `{"n":${i}}`) => {
  for (let i = from; i < from + count; i++) socket.send(text(i));
};
const countText = () => panel.$eval('.messages__counts', (counts) => counts.textContent ?? '');
const untilRows = (n: number) =>
  panel.waitForFunction(
    (wanted) => document.querySelector('.messages__counts')?.textContent?.startsWith(wanted),
    {},
    n === 1 ? '1 row' : `${n.toLocaleString('en')} rows`,
  );
const lastPreview = () =>
  panel.$$eval(
    '.rows__body .row',
    (all) =>
      all
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .at(-1)
        ?.querySelector('.row__preview')?.textContent,
  );
const untilLast = (text: string) => waitFor(async () => (await lastPreview()) === text);

beforeEach(async () => {
  await page.goto(`${server.url}/?${Math.random()}`);
  const connected = new Promise<ServerSocket>((resolve) => sockets.once('connection', resolve));
  const { port } = sockets.address() as { port: number };
  await page.evaluate(
    (url) => void Object.assign(window, { socket: new WebSocket(url) }),
    `ws://127.0.0.1:${port}/live`,
  );
  socket = await connected;
  say(0, 100);
  await panel.locator('#tab-overview').click();
  await panel.waitForSelector('tr[data-transport="websocket"]');
  await panel.locator('tr[data-transport="websocket"]').click();
  await panel.locator('#tab-messages').click();
  await untilRows(100);
});

describe('while messages come', () => {
  it('the list follows them', async () => {
    await untilLast('{"n":99}');
    say(100, 50);
    await untilLast('{"n":149}');
    expect(await panel.$('.messages__new')).toBeNull();
  });

  it('the list stays where it was scrolled to, says how many are new, and goes there', async () => {
    await untilLast('{"n":99}');
    await panel.$eval('.rows', (grid) => {
      grid.scrollTop = 200;
    });
    const firstSeen = () =>
      panel.evaluate(() => {
        const top = document.querySelector('.rows')!.getBoundingClientRect().top + 22;
        const rows = [...document.querySelectorAll('.rows__body .row')];
        return rows.find((row) => Math.abs(row.getBoundingClientRect().top - top) < 1)?.querySelector('.row__preview')
          ?.textContent;
      });
    await waitFor(async () => (await firstSeen()) === '{"n":10}');
    say(100, 250);
    await untilRows(350);
    expect(await firstSeen()).toBe('{"n":10}');
    expect(await panel.$eval('.messages__new', (pill) => pill.textContent)).toBe('↓ 250 new');
    await panel.locator('.messages__new').click();
    await untilLast('{"n":349}');
    expect(await panel.$('.messages__new')).toBeNull();
    say(350, 1);
    await untilLast('{"n":350}');
  });

  it('the selected row stays selected, and its content in view', async () => {
    await panel.focus('.rows');
    await (await panel.$('.rows'))!.press('Home');
    await panel.waitForSelector('.item');
    say(100, 500);
    await untilRows(600);
    expect(await panel.$eval('.item .tree', (tree) => tree.textContent)).toContain('n: 0');
    expect(await panel.$eval('.row[aria-selected="true"] .row__preview', (cell) => cell.textContent)).toBe('{"n":0}');
  });

  it('the filter holds for them, too', async () => {
    const box = (await panel.$('[data-filter]'))!;
    await box.click();
    await box.type('/"n":\\d*7}/');
    await untilRows(10);
    say(100, 100);
    await untilRows(20);
    await untilLast('{"n":197}');
    await (await panel.$('.filter__clear'))!.click();
    await untilRows(200);
  });

  it('nothing moves while the panel is paused, and all is there afterwards', async () => {
    await untilLast('{"n":99}');
    await panel.locator('.toolbar__pause').click();
    say(100, 40);
    await waitFor(async () => {
      const next = await panel.evaluate('transportLensRecorder.log.history.messages.next');
      return next === 140;
    });
    expect(await countText()).toBe('100 rows');
    await panel.locator('.toolbar__pause').click();
    await untilRows(140);
    await untilLast('{"n":139}');
  });

  it('heartbeats come without a word, and are counted', async () => {
    say(0, 30, () => 'ping');
    say(100, 1);
    await panel.waitForFunction(() =>
      document.querySelector('.messages__counts')?.textContent?.includes('101 rows · 30 without data'),
    );
  });
});

describe('after the log was cleared', () => {
  it('the list begins anew', async () => {
    await panel.locator('.toolbar__clear').click();
    await untilRows(0);
    say(500, 3);
    await untilRows(3);
    await untilLast('{"n":502}');
  });
});
