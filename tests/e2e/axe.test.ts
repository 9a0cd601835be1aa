import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { sampleSession } from '../support/sample.ts';
import { leave, openViewer, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});

/** What is wrong depends on the colours or on the layout, never on both: two looks show each of either. */
const LOOKS = [
  { theme: 'light', width: 1280, height: 720 },
  { theme: 'dark', width: 400, height: 800 },
];

describe.each(LOOKS)('in the $theme theme, $width pixels wide', ({ theme, width, height }) => {
  beforeAll(async () => {
    page = await viewerWith(browser, sampleSession());
    await page.locator('.toolbar__settings').click();
    await page.waitForSelector('select[name="theme"]');
    await page.select('select[name="theme"]', theme);
    await page.evaluate(() => document.querySelector('dialog')!.close());
    await page.setViewport({ width, height });
  });
  afterAll(() => leave(page));

  it('nothing is wrong with any view', async () => {
    const tabs = await page.$$eval('[role="tab"]', (all) => all.map(({ id }) => id));
    expect(tabs.length).toBeGreaterThanOrEqual(5);
    const wrong: string[] = [];
    for (const tab of tabs) {
      await page.locator(`#${tab}`).click();
      await page.waitForSelector(`#view[aria-labelledby="${tab}"]`);
      wrong.push(...(await violationsIn(page)).map((violation) => `${tab}: ${violation}`));
    }
    expect(wrong).toEqual([]);
  });

  it('nothing is wrong with the details of a channel', async () => {
    await page.locator('#tab-overview').click();
    await page.locator('tr[data-channel]').click();
    await page.waitForSelector('.detail');
    expect(await violationsIn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.detail', { hidden: true });
  });

  it('nothing is wrong with a menu', async () => {
    await page.locator('tr[data-channel]').click({ button: 'right' });
    await page.waitForSelector('.menu');
    expect(await violationsIn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it.each(['save', 'settings'])('nothing is wrong with the dialog %s', async (name) => {
    await page.locator(`.toolbar__${name}`).click();
    await page.waitForSelector('dialog[open]');
    expect(await violationsIn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { hidden: true });
  });

  it('nothing is wrong with the tables that stand for pictures', async () => {
    await page.locator('#tab-timeline').click();
    await page.locator('.timeline__controls button[title*="same as a table"]').click();
    await page.waitForSelector('.timeline__twin tbody tr');
    expect(await violationsIn(page)).toEqual([]);
    await page.locator('.timeline__controls button[title*="same as a table"]').click();
    await page.locator('#tab-charts').click();
    await page.waitForSelector('.chart');
    await page.$$eval('.chart button[aria-pressed]', (all) => all.map((button) => (button as HTMLElement).click()));
    await page.waitForSelector('.chart__table tbody tr');
    expect(await violationsIn(page)).toEqual([]);
  });
});

describe('without a file', () => {
  it('nothing is wrong', async () => {
    page = await openViewer(browser);
    expect(await violationsIn(page)).toEqual([]);
    await leave(page);
  });
});
