import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DOWNLOADS } from '../../scripts/paths.ts';
import { findBrowser } from '../../src/cli/browser/find.ts';
import { launchBrowser } from '../../src/cli/browser/launch.ts';
import { violations } from '../support/accessibility.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { fileOf, say, withSocket } from '../support/socket-log.ts';
import { play, repeat } from '../support/timeline.ts';
import { leave, viewerWith } from '../support/viewer.ts';

const LOOKS = [
  { name: 'light, wide, English', language: 'en', dark: false, width: 1280 },
  { name: 'dark, narrow, Korean', language: 'ko', dark: true, width: 400 },
] as const;

function traffic() {
  const log = withSocket(play(repeat(12, 1000, (i, at) => `${at}ms GET /news 200 {"n":${i < 5 ? 1 : i}}`)));
  say(log, 100, '{"type":"hello","token":null,"count":3,"ok":true}', { direction: 'sent' });
  for (let i = 0; i < 30; i++) say(log, 200 + i * 100, `{"type":"price","value":${i}}`);
  return fileOf(log);
}

describe.each(LOOKS)('$name', ({ language, dark, width }) => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const executablePath = findBrowser(DOWNLOADS)!;
    browser = await launchBrowser({ executablePath, extension: EXTENSION, headless: true, language, dark });
  });
  afterAll(() => browser?.close());
  afterEach(() => leave(page));

  async function show(): Promise<void> {
    page = await viewerWith(browser, traffic());
    await resize(width);
  }
  const resize = async (to: number) => {
    await page.setViewport({ width: to, height: 720 });
    await page.waitForFunction((wide) => innerWidth === wide, {}, to);
  };
  const sticksOut = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  /** No rule is broken in that part, and nothing sticks out of the page. */
  async function expectSound(part: string): Promise<void> {
    expect(await violations(page, part)).toEqual([]);
    expect(await sticksOut()).toBe(false);
  }

  it('messages: the list, and each way to read a row', async () => {
    await show();
    await page.locator('#tab-messages').click();
    await page.waitForSelector('.rows__body .row');
    await expectSound('.messages');
    await page.focus('.rows');
    await page.keyboard.press('End');
    await page.keyboard.press('c');
    await page.keyboard.press('p');
    await page.keyboard.press('ArrowUp');
    const tabs = await page.$$eval('.item [role="tab"]', (all) => all.map(({ id }) => id));
    expect(tabs).toEqual(['json', 'raw', 'hex', 'diff', 'compare', 'headers'].map((id) => `item-tab-${id}`));
    for (const id of tabs) {
      await page.locator(`#${id}`).click();
      await page.waitForSelector(`#${id}[aria-selected="true"]`);
      await expectSound('.messages');
    }
  });

  it('the filter bar, with suggestions and with a problem', async () => {
    await show();
    await page.locator('[data-filter]').click();
    await page.keyboard.type('s');
    await page.keyboard.press('ArrowDown');
    await expectSound('.filter');
    await page.keyboard.press('Escape');
    await page.keyboard.type(' /(/');
    await page.waitForSelector('.filter__problem');
    await expectSound('.filter');
  });

  it.each(['polling', 'websocket'])('the details of a channel: %s', async (transport) => {
    await show();
    await page.locator(`tr[data-transport="${transport}"]`).click();
    for (const id of ['overview', 'messages', 'timing', 'headers']) {
      await page.locator(`#detail-tab-${id}`).click();
      await page.waitForSelector(`#detail-tab-${id}[aria-selected="true"]`);
      await expectSound('.detail');
    }
  });

  it('messages and details hold together from 400 pixels to 4K', async () => {
    await show();
    await page.locator('tr[data-transport="websocket"]').click();
    const widths = [400, 560, 720, 900, 1280, 1920, 3840];
    for (const to of widths) {
      await resize(to);
      expect(await sticksOut(), `details at ${to}`).toBe(false);
    }
    await page.locator('#tab-messages').click();
    await page.focus('.rows');
    await page.keyboard.press('End');
    await page.waitForSelector('.item');
    for (const to of widths) {
      await resize(to);
      expect(await sticksOut(), `messages at ${to}`).toBe(false);
      const cut = await page.$$eval('.row__size, .row__time', (cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
      );
      expect(cut, `cells at ${to}`).toEqual([]);
    }
  });
});
