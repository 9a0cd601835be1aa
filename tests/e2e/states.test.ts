import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { EXTENSION_ID } from '../support/extension-id.ts';
import { channelAt, untilSession } from '../support/session.ts';
import { textOf } from '../support/viewer.ts';

let server: TestServer;
let browser: Browser;

/** The tab of the test, with DevTools of its own. */
let page: Page;

beforeAll(async () => {
  server = await createTestServer();
  browser = await startBrowser(EXTENSION);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => page?.close());

async function panelOn(url: string, act?: (page: Page) => Promise<unknown>): Promise<{ page: Page; panel: Frame }> {
  page = await browser.newPage();
  await page.goto(url);
  await act?.(page);
  return { page, panel: (await openPanel(page)).frame };
}
const inBrowserPage = async (url: string, act: string): Promise<void> => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.evaluate(act);
  await page.close();
};
/** What the page for extensions asks of the browser. */
const hostAccess = (access: string) =>
  `chrome.developerPrivate.updateExtensionConfiguration({ extensionId: '${EXTENSION_ID}', hostAccess: '${access}' })`;

describe('nothing yet', () => {
  it('says why, and reloads the page on request', async () => {
    const { page, panel } = await panelOn(`${server.url}/`);
    await panel.waitForSelector('[data-face="waiting"]');
    expect(await textOf(panel, '.nothing')).toContain('Recording began when DevTools opened');
    const loaded = page.waitForNavigation();
    await panel.locator('.nothing .button').click();
    await loaded;
  });

  it('says that recording is off, and starts it on request', async () => {
    const { panel } = await panelOn(`${server.url}/`);
    await panel.locator('.toolbar__record').click();
    await panel.waitForSelector('[data-face="off"]');
    await panel.locator('.nothing .button').click();
    await panel.waitForSelector('[data-face="waiting"]');
    expect(await panel.$eval('.toolbar__record', (button) => button.getAttribute('aria-pressed'))).toBe('true');
  });
});

describe('what keeps the panel from seeing', () => {
  it('is said of a page without its address on the web', async () => {
    const { panel } = await panelOn('about:blank');
    await panel.waitForSelector('[data-face="restricted"]');
    expect(await textOf(panel, '.nothing')).toContain('cannot be watched');
  });

  it('is said of a site that the user keeps the extension from', async () => {
    const { page, panel } = await panelOn(`${server.url}/`);
    await inBrowserPage('chrome://extensions', hostAccess('ON_CLICK'));
    await page.bringToFront();
    await page.reload();
    await panel.waitForSelector('[data-face="no-permission"]');
    expect(await textOf(panel, '.nothing')).toContain('Allow Transport Lens');
    await inBrowserPage('chrome://extensions', hostAccess('ON_ALL_SITES'));
  });

  it('is said of a page that was there before the extension, until it is reloaded', async () => {
    const setEnabled = (on: boolean) =>
      inBrowserPage('chrome://extensions', `chrome.management.setEnabled('${EXTENSION_ID}', ${on})`);
    await setEnabled(false);
    page = await browser.newPage();
    await page.goto(`${server.url}/`);
    await setEnabled(true);
    await page.bringToFront();
    const panel = (await openPanel(page)).frame;
    await panel.waitForSelector('[data-face="hooks-missing"]');
    await page.evaluate(async () => (await fetch('/ajax?unseen')).text());
    await panel.waitForSelector('tr[data-channel]');
    await panel.locator('[data-notice="hooks-missing"] .button').click();
    await panel.waitForSelector('[data-notice="hooks-missing"]', { hidden: true });
    await page.evaluate(async () => (await fetch('/ajax?seen')).text());
    await untilSession(panel, (session) => channelAt(session, '?seen')?.source === 'both');
  });
});

describe('what makes the figures less than the whole', () => {
  it('is said of events that were lost before DevTools listened', async () => {
    const url = `${server.url.replace('http', 'ws')}/ws?run=${server.createRun({ kind: 'idle' })}&mode=echo`;
    const { panel } = await panelOn(`${server.url}/`, (page) =>
      page.evaluate(async (url) => {
        const socket = new WebSocket(url);
        await new Promise((open) => socket.addEventListener('open', open));
        let received = 0;
        const done = new Promise<void>((resolve) => {
          socket.addEventListener('message', () => {
            if (++received === 3000) resolve();
          });
        });
        for (let i = 0; i < 3000; i++) socket.send('x');
        await done;
      }, url),
    );
    await panel.waitForSelector('[data-notice="dropped"]');
    const [, told] = /^([\d,]+) events were lost/.exec(await textOf(panel, '[data-notice="dropped"]'))!;
    // 6000 messages and an opening, less what the ring holds.
    expect(Number(told!.replace(',', ''))).toBeGreaterThanOrEqual(6000 - 4096);
    expect(await textOf(panel, '.summary')).toContain(`${told} dropped`);
    await panel.locator('[data-notice="dropped"] .icon-button').click();
    await panel.waitForSelector('[data-notice="dropped"]', { hidden: true });
    expect(await textOf(panel, '.summary')).toContain(`${told} dropped`);
  });

  it('is said of what a worker asks for', async () => {
    const { page, panel } = await panelOn(`${server.url}/`);
    await page.evaluate(async (url) => {
      const source = new Blob([`fetch('${url}').then((r) => r.text()).then(() => postMessage(0))`], {
        type: 'text/javascript',
      });
      const worker = new Worker(URL.createObjectURL(source));
      await new Promise((done) => worker.addEventListener('message', done));
    }, `${server.url}/ajax?of=worker`);
    await panel.waitForSelector('[data-notice="worker"]');
    expect(await textOf(panel, 'tr[data-channel] .channels__tag')).toBe('worker');
  });

  it('is said when the extension was replaced under an open panel', async () => {
    const { panel } = await panelOn(`${server.url}/`);
    // Which leaves a panel without its id; doing so in earnest closes DevTools here.
    await panel.evaluate(() => Reflect.deleteProperty(chrome.runtime, 'id'));
    await panel.waitForSelector('[data-face="updated"]');
    expect(await textOf(panel, '.nothing')).toContain('Close DevTools and open it again');
  });
});
