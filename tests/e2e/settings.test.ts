import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type InspectedPage, inspect } from '../support/panel.ts';
import { sampleSession } from '../support/sample.ts';
import { channelAt, untilSession } from '../support/session.ts';
import { leave, openViewer, textOf, viewerWith } from '../support/viewer.ts';
import { waitFor } from '../support/wait-for.ts';

let at: InspectedPage;

beforeAll(async () => {
  at = await inspect();
}, 90_000);
afterAll(() => at?.close());

async function openSettings(frame: Page | Frame): Promise<void> {
  await frame.locator('.toolbar__settings').click();
  await frame.waitForSelector('dialog[open]');
}
async function type(frame: Page | Frame, name: string, text: string): Promise<void> {
  await frame.$eval(`dialog input[name="${name}"]`, (input) => {
    (input as HTMLInputElement).focus();
    (input as HTMLInputElement).select();
  });
  await (await frame.$(`dialog input[name="${name}"]`))!.type(text);
}
const valueIn = (frame: Page | Frame, name: string) =>
  frame.$eval(`dialog [name="${name}"]`, (input) => (input as HTMLInputElement).value);

describe('in the viewer', () => {
  let page: Page;
  beforeAll(async () => {
    page = await viewerWith(at.browser, sampleSession());
  });
  afterAll(() => leave(page));
  afterEach(async () => {
    await page.evaluate(() => document.querySelector('dialog')?.close());
    await page.waitForSelector('dialog', { hidden: true });
  });

  it('switch the language at once, numbers and times included, and keep it', async () => {
    await openSettings(page);
    await page.select('select[name="language"]', 'ko');
    await page.waitForFunction(() => document.documentElement.lang === 'ko');
    expect(await textOf(page, '#tab-overview')).toBe('개요');
    expect(await textOf(page, 'th[data-column="wasted"]')).toBe('낭비');
    expect(await page.$eval('table[role="grid"]', (grid) => grid.getAttribute('aria-label'))).toBe('채널');
    await page.reload();
    await page.waitForSelector('[data-ready]');
    expect(await textOf(page, '#tab-overview')).toBe('개요');
    await openSettings(page);
    await page.select('select[name="language"]', 'en');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    expect(await textOf(page, '#tab-overview')).toBe('Overview');
  });

  it('choose singular and plural as the language has them', async () => {
    await leave(page);
    page = await viewerWith(at.browser, sampleSession());
    const messages = (text: string) => /(\d+) (messages?)/.exec(text)?.slice(1);
    expect(messages(await textOf(page, '.summary'))).toEqual(['10', 'messages']);
    await page.focus('table[role="grid"]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ContextMenu');
    await page.waitForSelector('.menu');
    await page.evaluate(() => {
      const items = [...document.querySelectorAll<HTMLElement>('.menu__item')];
      items.find(({ textContent }) => textContent === 'Hide this channel')!.click();
    });
    await page.waitForFunction(() => /\b1 of 2\b/.test(document.querySelector('.summary')?.textContent ?? ''));
    expect(await textOf(page, '.summary')).toContain('2 requests');
  });

  it('switch the theme, whatever the browser has', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await openSettings(page);
    await page.select('select[name="theme"]', 'dark');
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
    expect(await ground()).toBe('rgb(31, 31, 31)');
    await page.select('select[name="theme"]', 'light');
    await page.waitForFunction(() => !document.documentElement.classList.contains('dark'));
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await page.select('select[name="theme"]', 'auto');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
    await page.emulateMediaFeatures([]);
  });

  it('write times as wanted', async () => {
    await page.locator('#tab-timeline').click();
    await page.locator('.timeline__controls button[title*="same as a table"]').click();
    const first = () => textOf(page, '.timeline__twin tbody td');
    await page.waitForSelector('.timeline__twin tbody');
    expect(await first()).toBe('08:00:00.520');
    await openSettings(page);
    await page.select('select[name="timeFormat"]', 'relative');
    await page.waitForFunction(() => document.querySelector('.timeline__twin tbody td')?.textContent === '0.520 s');
    await page.select('select[name="timeFormat"]', 'iso');
    await page.waitForFunction(
      () => document.querySelector('.timeline__twin tbody td')?.textContent === '2027-01-15T08:00:00.520Z',
    );
    await page.select('select[name="timeFormat"]', 'clock');
  });

  it('take no number that is out of bounds, and say which are not', async () => {
    await openSettings(page);
    await type(page, 'textChars', '2000000');
    await page.waitForSelector('.settings__wrong');
    expect(await textOf(page, '.settings__wrong')).toBe('From 0 to 1,000,000');
    await type(page, 'textChars', '500');
    await page.waitForSelector('.settings__wrong', { hidden: true });
    await page.reload();
    await page.waitForSelector('[data-ready]');
    await openSettings(page);
    expect(await valueIn(page, 'textChars')).toBe('500');
  });

  it('hide and show columns', async () => {
    await page.locator('#tab-overview').click();
    await openSettings(page);
    expect(await page.$eval('input[name="column-protocol"]', (input) => (input as HTMLInputElement).checked)).toBe(
      false,
    );
    await page.locator('input[name="column-protocol"]').click();
    expect(await page.$eval('input[name="column-protocol"]', (input) => (input as HTMLInputElement).checked)).toBe(
      true,
    );
  });

  it('are reset all together', async () => {
    await openSettings(page);
    await page.locator('dialog footer .button').click();
    expect(await valueIn(page, 'textChars')).toBe('16384');
    expect(await page.$eval('input[name="column-protocol"]', (input) => (input as HTMLInputElement).checked)).toBe(
      false,
    );
  });
});

describe('in the panel', () => {
  it('say why deep capture cannot be had where the browser was not asked for it at installation', async () => {
    await at.page.bringToFront();
    await openSettings(at.panel);
    await at.panel.waitForSelector('[data-deep="unavailable"] input:disabled');
    expect(await textOf(at.panel, '[data-deep]')).toContain('dist/chrome-deep');
    await at.panel.evaluate(() => document.querySelector('dialog')!.close());
    await at.page.evaluate(async () => (await fetch('/ajax?plain')).text());
    await untilSession(at.panel, (s) => channelAt(s, '?plain')?.source === 'both');
  });

  it('follow what another page of the extension changes', async () => {
    const other = await openViewer(at.browser);
    await openSettings(other);
    await other.select('select[name="language"]', 'ko');
    await waitFor(() => at.panel.evaluate(() => document.documentElement.lang === 'ko'));
    await leave(other);
    await waitFor(() => at.panel.evaluate(() => document.documentElement.lang === 'en'));
  });

  it('reach the recording: the length of texts, and the name of time stamps', async () => {
    await at.page.bringToFront();
    await openSettings(at.panel);
    await type(at.panel, 'textChars', '40');
    await type(at.panel, 'timestampField', 'happened');
    await at.panel.evaluate(() => document.querySelector('dialog')!.close());
    // A fresh log: what is recorded already keeps its length.
    await at.panel.locator('.toolbar__clear').click();
    const run = at.server.createRun({ kind: 'idle' });
    const text = `{"happened":${Date.now()},"at":1,"data":"${'x'.repeat(200)}"}`;
    await at.page.evaluate(
      async (url, text) => {
        const socket = new WebSocket(url);
        await new Promise((open) => socket.addEventListener('open', open));
        socket.send(text);
        await new Promise((answer) => socket.addEventListener('message', answer));
      },
      `${at.server.url.replace('http', 'ws')}/ws?run=${run}&mode=echo`,
      text,
    );
    const session = await untilSession(at.panel, (s) => channelAt(s, '/ws')?.messages.received === 1);
    const { content, payloadBytes } = session.messages;
    expect(content.map((each) => (each as string).length)).toEqual([40, 40]);
    expect(payloadBytes).toEqual([text.length, text.length]);
  });
});
