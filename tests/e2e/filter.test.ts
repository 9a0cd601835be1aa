import type { Browser, Page } from 'puppeteer-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/core/state.ts';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { fileOf, say, withSocket } from '../support/socket-log.ts';
import { play, repeat } from '../support/timeline.ts';
import { fileWith, leave, openFile, openViewer, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});

/** A poll, a search that finds nothing, and a socket on which both sides speak. */
function traffic(): Log {
  const log = withSocket(
    play(`
      ${repeat(9, 1000, (i, at) => `${at}ms GET /news 200 {"n":${i}}`)}
      300ms GET /search 404 {"error":"none"}
    `),
  );
  say(log, 100, '{"type":"hello"}', { direction: 'sent' });
  say(log, 200, '{"type":"price","value":42}');
  return log;
}

const BOX = '[data-filter]';
const channels = () => textsOf(page, 'tr[data-channel] [data-column="url"]');
const options = () => textsOf(page, '.suggestions__item > span:first-child');
const text = () => page.$eval(BOX, (box) => (box as HTMLInputElement).value);
const untilChannels = (...paths: string[]) =>
  page.waitForFunction(
    (wanted) => {
      const cells = [...document.querySelectorAll('tr[data-channel] [data-column="url"]')];
      return cells.map((cell) => cell.textContent).join() === wanted;
    },
    {},
    paths.join(),
  );
const type = async (filter: string) => {
  await page.locator(BOX).click();
  await page.keyboard.type(filter);
};

beforeEach(async () => {
  page = await viewerWith(browser, fileOf(traffic()));
});
afterEach(() => leave(page));

describe('a filter', () => {
  it('narrows the channels, and counts them', async () => {
    expect(await channels()).toEqual(['/news', '/search', '/socket']);
    await type('transport:websocket');
    await untilChannels('/socket');
    expect(await textOf(page, '.filter__count')).toBe('1 of 3 channels');
  });

  it.each([
    ['new', ['/news']],
    ['-news', ['/search', '/socket']],
    ['status-code:404', ['/search']],
    ['scheme:wss', ['/socket']],
    ['/^https.*s/', ['/news', '/search']],
    ['interval:<2s url:news', ['/news']],
  ])('%s', async (filter, paths) => {
    await type(filter);
    await untilChannels(...paths);
  });

  it('narrows messages by what they say, even where no channel as a whole is meant', async () => {
    await type('price');
    await page.waitForSelector('[data-face="filtered"]');
    await page.locator('#tab-messages').click();
    await page.waitForFunction(() => document.querySelector('.messages__counts')?.textContent === '1 row');
    expect(await textOf(page, '.rows__body .row__preview')).toBe('{"type":"price","value":42}');
  });

  it('finds channels by the events on them', async () => {
    await type('event:text');
    await untilChannels('/socket');
  });

  it('is turned round', async () => {
    await type('news');
    await untilChannels('/news');
    await page.locator('.filter__invert').click();
    await untilChannels('/search', '/socket');
    expect(await page.$eval('.filter__invert', (button) => button.ariaPressed)).toBe('true');
  });

  it('that leaves nothing says so, and lets go', async () => {
    await type('nothing-like-it');
    await page.waitForSelector('[data-face="filtered"]');
    await page.locator('[data-face="filtered"] .button').click();
    await untilChannels('/news', '/search', '/socket');
    expect(await text()).toBe('');
  });

  it('stays when a file is opened in place of another', async () => {
    await type('socket');
    await openFile(page, fileWith(fileOf(traffic())));
    await untilChannels('/socket');
  });

  it.each([
    ['/(/', '/(/ is no valid expression'],
    ['/(a+)+$/', '/(a+)+$/ could take forever'],
    ['wasted:lots', 'wasted:lots is not understood'],
  ])('%s is taken as text, and says why', async (filter, problem) => {
    await type(filter);
    await page.waitForSelector('.filter__problem');
    expect(await textOf(page, '.filter__problem')).toContain(problem);
    expect(await page.$eval(BOX, (box) => box.getAttribute('aria-describedby'))).toBe('filter-problem');
  });
});

describe('suggestions', () => {
  it('come as one types: keys, then their values', async () => {
    await type('tr');
    expect(await options()).toEqual(['transport:']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await text()).toBe('transport:');
    expect(await options()).toEqual(['transport:polling', 'transport:undecided', 'transport:websocket']);
    await page.keyboard.type('we');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await text()).toBe('transport:websocket ');
    await untilChannels('/socket');
  });

  it('name the active one to assistive technology', async () => {
    await type('s');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const active = await page.$eval(BOX, (box) => document.getElementById(box.getAttribute('aria-activedescendant')!)!);
    expect(active).toBeTruthy();
    expect(await page.$eval('.suggestions__item[aria-selected="true"] > span', (item) => item.textContent)).toBe(
      'status-code:',
    );
    expect(await page.$eval(BOX, (box) => box.ariaExpanded)).toBe('true');
  });

  it('are taken by a click, and the focus stays', async () => {
    await type('di');
    await page.locator('.suggestions__item').click();
    expect(await text()).toBe('dir:');
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-filter'))).toBe(true);
  });

  it('go with Escape, then the filter, then the focus stays in the box', async () => {
    await type('s');
    await page.keyboard.press('Escape');
    expect(await page.$eval(BOX, (box) => box.ariaExpanded)).toBe('false');
    expect(await text()).toBe('s');
    await page.keyboard.press('Escape');
    expect(await text()).toBe('');
  });

  it('that were not chosen are not taken', async () => {
    await type('tr');
    await page.keyboard.press('Enter');
    expect(await text()).toBe('tr');
  });
});

describe('the filter box', () => {
  it.each(['/', 'Control+f'])('is reached by %s', async (keys) => {
    const [key, modifier] = keys.split('+').reverse() as ['f' | '/', 'Control' | undefined];
    if (modifier !== undefined) await page.keyboard.down(modifier);
    await page.keyboard.press(key);
    if (modifier !== undefined) await page.keyboard.up(modifier);
    await page.waitForFunction(() => document.activeElement?.hasAttribute('data-filter'));
    expect(await text()).toBe('');
  });

  it('is cleared by its button', async () => {
    await type('news');
    await untilChannels('/news');
    await page.locator('.filter__clear').click();
    await untilChannels('/news', '/search', '/socket');
    expect(await page.$('.filter__clear')).toBeNull();
  });
});

describe('saved filters', () => {
  const openMenu = async () => {
    await page.locator('.filter__saved').click();
    await page.waitForSelector('.menu');
  };
  const choose = (label: string) =>
    page.$$eval(
      '.menu__item',
      (items, wanted) => (items.find((item) => item.textContent?.endsWith(wanted)) as HTMLElement).click(),
      label,
    );

  it('are there again in another page, until they are forgotten', async () => {
    await type('transport:websocket');
    await openMenu();
    await choose('Save this filter');
    const other = await openViewer(browser);
    await other.close();
    await page.reload();
    await openFile(page, fileWith(fileOf(traffic())));
    await openMenu();
    await choose('transport:websocket');
    await untilChannels('/socket');
    await openMenu();
    await choose('Forget this filter');
    await openMenu();
    expect((await textsOf(page, '.menu__item')).map((item) => item.replace('✓', ''))).toEqual([
      'Save this filter',
      'Forget this filter',
    ]);
  });
});
