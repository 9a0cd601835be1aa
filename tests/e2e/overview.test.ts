import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { manyChannels, sampleSession } from '../support/sample.ts';
import { fileWith, leave, openFile, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});

const cell = (transport: string, column: string) =>
  textOf(page, `tr[data-transport="${transport}"] [data-column="${column}"]`);
const paths = () => textsOf(page, 'tr[data-channel] [data-column="url"]');
const headButton = (column: string) => `th[data-column="${column}"] button`;
const headers = () => page.$$eval('th[data-column]', (all) => all.map((th) => (th as HTMLElement).dataset.column));
const sortOf = (column: string) => page.$eval(`th[data-column="${column}"]`, (th) => th.getAttribute('aria-sort'));
const chooseFromMenu = async (text: string) => {
  await page.waitForSelector('.menu');
  await page.evaluate((wanted) => {
    const items = [...document.querySelectorAll<HTMLElement>('.menu__item')];
    items.find((item) => item.textContent === wanted || item.textContent === `✓${wanted}`)!.click();
  }, text);
};

describe('a recording', () => {
  beforeAll(async () => {
    page = await viewerWith(browser, sampleSession());
  });
  afterAll(() => leave(page));

  it('says in one line how the page gets its data and what it wastes', async () => {
    const summary = await textOf(page, '.summary');
    for (const part of ['2 channels', '22 requests', '74% wasted', 'Most wasteful: /api/poll: 14 of 19 answers (74%)'])
      expect(summary).toContain(part);
  });

  it('shows each channel with transport, figures and state', async () => {
    expect(await cell('polling', 'transport')).toMatch(/^Polling/);
    expect(await cell('polling', 'url')).toBe('/api/poll');
    expect(await cell('polling', 'requests')).toBe('20');
    expect(await cell('polling', 'wasted')).toBe('14 (74%)');
    expect(await cell('polling', 'header')).toBe('13.0 kB');
    expect(await cell('polling', 'state')).toBe('Active');
    expect(await cell('websocket', 'requests')).toBe('2');
    expect(await cell('websocket', 'messages')).toBe('5');
    expect(await cell('websocket', 'wasted')).toBe('–');
    expect(await cell('websocket', 'p50')).toBe('20 ms');
    expect(await cell('websocket', 'state')).toBe('Open');
  });

  it('draws the activity of each, and says it in words', async () => {
    const label = await page.$eval('tr[data-transport="polling"] .sparkline', (svg) => svg.getAttribute('aria-label'));
    expect(label).toBe('19 in the last 40 seconds, 1 a second at most');
    const drawn = (part: string) =>
      page.$eval(
        `tr[data-transport="polling"] .sparkline__${part}`,
        (path) => path.getAttribute('d')!.split('M').length - 1,
      );
    expect([await drawn('news'), await drawn('wasted')]).toEqual([5, 14]);
  });

  it('leads from its headline to the channel that wastes most', async () => {
    await page.locator('.summary__worst').click();
    await page.waitForSelector('tr[data-transport="polling"][aria-selected="true"]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('tr[aria-selected="true"]', { hidden: true });
  });

  it('walks by keys, opens the details, and gives the focus back when they close', async () => {
    await page.focus('table[role="grid"]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('tr[data-transport="websocket"][aria-selected="true"]');
    const active = () => page.$eval('table[role="grid"]', (grid) => grid.getAttribute('aria-activedescendant'));
    expect(await active()).toBe(await page.$eval('tr[data-transport="websocket"]', (row) => row.id));
    await page.keyboard.press('Home');
    await page.waitForSelector('tr[data-transport="polling"][aria-selected="true"]');
    await page.waitForSelector('.detail');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.detail', { hidden: true });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });
});

describe('the table', () => {
  beforeEach(async () => {
    page = await viewerWith(browser, manyChannels(12));
  });
  afterEach(() => leave(page));

  it('sorts by a heading, up and down, by mouse and by key, and remembers it', async () => {
    await page.locator(headButton('payload')).click();
    expect(await sortOf('payload')).toBe('descending');
    expect((await paths())[0]).toBe('/item-bb');
    await page.focus(headButton('payload'));
    await page.keyboard.press('Enter');
    expect(await sortOf('payload')).toBe('ascending');
    expect((await paths())[0]).toBe('/item-a');
    await page.reload();
    await page.waitForSelector('[data-ready]');
    await openFile(page, fileWith(manyChannels(3)));
    expect(await sortOf('payload')).toBe('ascending');
  });

  it('shows the columns that were chosen, by right click or by key', async () => {
    expect(await headers()).not.toContain('overhead');
    await page.locator(headButton('state')).click({ button: 'right' });
    await chooseFromMenu('Overhead');
    await page.waitForSelector('th[data-column="overhead"]');
    await page.focus(headButton('overhead'));
    await page.keyboard.down('Shift');
    await page.keyboard.press('F10');
    await page.keyboard.up('Shift');
    await chooseFromMenu('Overhead');
    await page.waitForSelector('th[data-column="overhead"]', { hidden: true });
    await page.locator(headButton('state')).click({ button: 'right' });
    await chooseFromMenu('Reset columns');
    expect(await sortOf('payload')).toBe('none');
  });

  it('resizes columns by key and by dragging, and not below what can be grasped', async () => {
    const width = () => page.$eval('th[data-column="requests"]', (th) => Math.round(th.getBoundingClientRect().width));
    const before = await width();
    await page.focus(headButton('requests'));
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Shift');
    expect(await width()).toBe(before + 12);
    const grip = (await page.$('th[data-column="requests"] .channels__grip'))!;
    const box = (await grip.boundingBox())!;
    await page.mouse.move(box.x + 4, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 10, { steps: 3 });
    await page.mouse.up();
    expect(await width()).toBe(44);
    await page.locator(headButton('state')).click({ button: 'right' });
    await chooseFromMenu('Reset columns');
    expect(await width()).toBe(before);
  });

  it('groups channels by frame when asked to', async () => {
    await page.locator(headButton('state')).click({ button: 'right' });
    await chooseFromMenu('Group by frame');
    await page.waitForSelector('.channels__frame');
    expect(await textOf(page, '.channels__frame')).toBe('Page https://app.test/ 12 channels');
    await page.locator(headButton('state')).click({ button: 'right' });
    await chooseFromMenu('Group by frame');
    await page.waitForSelector('.channels__frame', { hidden: true });
  });

  it('hides a channel, says how many are shown, and brings it back', async () => {
    await page.locator('tr[data-channel]').click({ button: 'right' });
    await chooseFromMenu('Hide this channel');
    await page.waitForFunction(() => document.querySelector('.summary')?.textContent?.startsWith('11 of 12'));
    expect(await paths()).not.toContain('/item-a');
    await page.focus('table[role="grid"]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ContextMenu');
    await chooseFromMenu('Show hidden channels');
    await page.waitForFunction(() => document.querySelector('.summary')?.textContent?.startsWith('12 channels'));
  });

  it('narrows the filter to a channel', async () => {
    await page.locator('tr[data-channel]:nth-of-type(3)').click({ button: 'right' });
    await chooseFromMenu('Filter by this');
    await page.waitForFunction(() => document.querySelectorAll('tr[data-channel]').length === 1);
    expect(await paths()).toEqual(['/item-c']);
  });

  it('copies what a terminal or a console needs', async () => {
    const copied = async (what: string) => {
      await page.evaluate(() => {
        addEventListener(
          'copy',
          () => Object.assign(window, { copied: String((document.activeElement as HTMLTextAreaElement).value) }),
          { once: true },
        );
      });
      await page.locator('tr[data-channel]').click({ button: 'right' });
      await chooseFromMenu(what);
      await page.waitForFunction(() => document.querySelector('.announcer')?.textContent === 'Copied');
      return page.evaluate('window.copied');
    };
    expect(await copied('Copy URL')).toBe('https://app.test/item-a');
    expect(await copied('Copy as cURL')).toBe('curl --globoff \\\n  --url https://app.test/item-a');
    expect(await copied('Copy as fetch')).toContain('fetch("https://app.test/item-a"');
  });
});

describe('hundreds of channels', () => {
  beforeAll(async () => {
    page = await viewerWith(browser, manyChannels(500));
  });

  it('cost no more rows than fit on the screen, and every one can be reached by key', async () => {
    const rows = () => page.$$eval('tr[data-channel]', (all) => all.length);
    expect(await rows()).toBeLessThan(60);
    await page.focus('table[role="grid"]');
    await page.keyboard.press('End');
    await page.waitForFunction(() =>
      document.querySelector('tr[aria-selected="true"]')?.textContent?.includes('/item-ejj'),
    );
    expect(await rows()).toBeLessThan(60);
    const isInSight = await page.$eval('tr[aria-selected="true"]', (row) => {
      const box = row.getBoundingClientRect();
      const scroller = document.querySelector('.channels')!.getBoundingClientRect();
      return box.bottom <= scroller.bottom && box.top >= scroller.top;
    });
    expect(isInSight).toBe(true);
    expect(await page.$eval('table[role="grid"]', (grid) => grid.getAttribute('aria-rowcount'))).toBe('501');
  });

  it('fit on a narrow screen: columns yield, nothing overflows', async () => {
    await page.keyboard.press('Escape');
    await page.setViewport({ width: 400, height: 700 });
    await page.waitForFunction(() => !document.querySelector('th[data-column="header"]'));
    expect(await headers()).toEqual(expect.arrayContaining(['transport', 'url', 'wasted']));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewport({ width: 3840, height: 2160 });
    await page.waitForSelector('th[data-column="header"]');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(3840);
  });
});
