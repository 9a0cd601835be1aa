import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/core/state.ts';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { fileOf, say, withSocket } from '../support/socket-log.ts';
import { play } from '../support/timeline.ts';
import { leave, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});

/** Rows in the order in which they are read. */
const rows = (cell: string): Promise<string[]> =>
  page.$$eval(
    '.rows__body .row',
    (all, name) =>
      all
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => row.querySelector(`.row__${name}`)?.textContent ?? ''),
    cell,
  );
const selectedRow = () => page.$eval('.row[aria-selected="true"] .row__preview', (cell) => cell.textContent);
const press = async (...keys: Parameters<Page['keyboard']['press']>[0][]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const untilText = (selector: string, text: string) =>
  page.waitForFunction((s, wanted) => document.querySelector(s)?.textContent?.includes(wanted), {}, selector, text);
async function show(log: Log): Promise<void> {
  page = await viewerWith(browser, fileOf(log));
  await page.locator('#tab-messages').click();
  await page.waitForSelector('.rows__body .row');
}
const clickRow = (text: string, modifiers: { ctrl?: boolean } = {}) =>
  page.$$eval(
    '.rows__body .row',
    (all, wanted, ctrlKey) => {
      const row = all.find((each) => each.textContent?.includes(wanted));
      row!.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey }));
    },
    text,
    modifiers.ctrl === true,
  );

/** A poll with two answers, and a socket on which both sides say something. */
function talk(): Log {
  const log = withSocket(play('10ms GET /poll 200 {"n":1} 40ms\n1010ms GET /poll 200 {"n":1} 40ms'));
  say(log, 100, '{"type":"subscribe","topic":"prices"}', { direction: 'sent' });
  say(log, 350, '{"type":"price","value":1,"tags":["a","b"]}');
  say(log, 400, '{"type":"ping"}');
  say(log, 2350, '{"type":"price","value":2,"tags":["a","c"]}');
  say(log, 2400, Uint8Array.of(0, 1, 254, 65, 66));
  return log;
}

describe('the list', () => {
  beforeAll(() => show(talk()));
  afterAll(() => leave(page));

  it('shows messages and requests in order of time, with direction, kind and size', async () => {
    expect(await rows('arrow')).toEqual(['⇅', '↑', '↓', '⇅', '↓', '↓']);
    expect(await rows('type')).toEqual(['GET 200', 'text', 'text', 'GET 200', 'text', 'binary']);
    expect(await rows('size')).toEqual(['7 B', '37 B', '43 B', '7 B', '43 B', '5 B']);
    expect(await rows('channel')).toEqual(['/poll', '/socket', '/socket', '/poll', '/socket', '/socket']);
  });

  it('says direction in words, too', async () => {
    const labels = await page.$$eval('.row__arrow[aria-label]', (all) => all.map((cell) => cell.ariaLabel));
    expect(new Set(labels)).toEqual(new Set(['Request', 'Sent', 'Received']));
  });

  it('tells the time since the row above', async () => {
    expect(await rows('delta')).toEqual(['', '+90 ms', '+250 ms', '+660 ms', '+1.3 s', '+50 ms']);
  });

  it('tells what answers were worth, and how long they took', async () => {
    expect((await rows('label')).filter((_, i) => i % 3 === 0)).toEqual([
      'Baseline (the first)',
      'Identical to the one before',
    ]);
    expect((await rows('latency')).filter((_, i) => i % 3 === 0)).toEqual(['40 ms', '40 ms']);
  });

  it('begins with the content, binary as bytes', async () => {
    const previews = await rows('preview');
    expect(previews[0]).toBe('{"n":1}');
    expect(previews.at(-1)).toBe('00 01 fe 41 42');
  });

  it('leaves out heartbeats until they are wanted', async () => {
    expect(await textOf(page, '.messages__counts')).toBe('6 rows · 1 without data');
    await page.locator('.messages__check input').click();
    await untilText('.messages__counts', '7 rows');
    expect(await rows('label')).toContain('ping');
    await page.locator('.messages__check input').click();
    await untilText('.messages__counts', '6 rows');
  });

  it('shows those of the selected channel alone', async () => {
    await page.locator('#tab-overview').click();
    await page.locator('tr[data-transport="websocket"]').click();
    await page.locator('#tab-messages').click();
    await untilText('.messages__counts', '4 rows');
    expect(await page.$('.rows__body .row__channel')).toBeNull();
    await page.locator('#tab-overview').click();
    await page.locator('tr[data-transport="websocket"]').click();
    await press('Escape');
    await page.locator('#tab-messages').click();
    await untilText('.messages__counts', '6 rows');
  });
});

describe('the keyboard', () => {
  beforeEach(async () => {
    const log = withSocket();
    for (let i = 0; i < 200; i++) say(log, i * 10, `message ${i}`);
    await show(log);
    await page.focus('.rows');
  });
  afterEach(() => leave(page));

  it('walks by row, by page and to the ends', async () => {
    await press('ArrowUp');
    expect(await selectedRow()).toBe('message 199');
    await press('ArrowUp', 'ArrowUp', 'ArrowDown');
    expect(await selectedRow()).toBe('message 198');
    await press('Home');
    expect(await selectedRow()).toBe('message 0');
    await press('PageDown');
    const page1 = Number((await selectedRow())!.slice(8));
    expect(page1).toBeGreaterThan(10);
    expect(page1).toBeLessThan(60);
    await press('PageUp');
    expect(await selectedRow()).toBe('message 0');
    await press('End');
    expect(await selectedRow()).toBe('message 199');
  });

  it('keeps the selected row in view, and names it to assistive technology', async () => {
    await press('Home');
    for (let i = 0; i < 50; i++) await press('ArrowDown');
    expect(await selectedRow()).toBe('message 50');
    const seen = await page.evaluate(() => {
      const grid = document.querySelector('.rows')!;
      const row = document.getElementById(grid.getAttribute('aria-activedescendant')!)!;
      const [box, line] = [grid.getBoundingClientRect(), row.getBoundingClientRect()];
      return { text: row.textContent!.includes('message 50'), isIn: line.top >= box.top && line.bottom <= box.bottom };
    });
    expect(seen).toEqual({ text: true, isIn: true });
  });

  it('goes to the content and back, and closes it', async () => {
    await press('End', 'Enter');
    await page.waitForFunction(() => document.activeElement?.closest('.item') !== null);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tab');
    await press('Escape');
    await page.waitForSelector('.item', { hidden: true });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  it('is left alone while somebody types', async () => {
    await press('Home');
    await page.focus('.find__text');
    await page.keyboard.type('pc');
    expect(await page.$('.pins')).toBeNull();
    expect(await selectedRow()).toBe('message 0');
  });
});

describe('finding', () => {
  beforeEach(async () => {
    const log = withSocket();
    for (let i = 0; i < 300; i++) say(log, i * 10, i % 100 === 42 ? `needle number ${i}` : `hay ${i}`);
    await show(log);
    await page.locator('.find__text').click();
  });
  afterEach(() => leave(page));
  const untilSelected = (text: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector('.row[aria-selected="true"] .row__preview')?.textContent === wanted,
      {},
      text,
    );

  it('goes from match to match, both ways and round the end', async () => {
    await page.keyboard.type('needle');
    await press('Enter');
    await untilSelected('needle number 42');
    await press('Enter');
    await untilSelected('needle number 142');
    await press('Enter', 'Enter');
    await untilSelected('needle number 42');
    await page.keyboard.down('Shift');
    await press('Enter');
    await page.keyboard.up('Shift');
    await untilSelected('needle number 242');
  });

  it('highlights what was found, in the row and in the content', async () => {
    await page.keyboard.type('number');
    await press('Enter');
    await untilSelected('needle number 42');
    expect(await textsOf(page, '.row[aria-selected="true"] mark')).toEqual(['number']);
    expect(await textsOf(page, '.item mark')).toEqual(['number']);
  });

  it('takes expressions', async () => {
    await page.locator('.find__regex').click();
    await page.locator('.find__text').click();
    await page.keyboard.type('r 2\\d2');
    await press('Enter');
    await untilSelected('needle number 242');
    expect(await textsOf(page, '.row[aria-selected="true"] mark')).toEqual(['r 242']);
  });

  it('says so when there is none, or the expression is no good', async () => {
    await page.keyboard.type('nowhere');
    await press('Enter');
    await untilText('.find__state', 'No match');
    await page.locator('.find__regex').click();
    await page.locator('.find__text').click();
    await page.keyboard.type('(');
    await untilText('.find__state', 'sought as text');
  });
});

describe('the content', () => {
  beforeEach(() => show(talk()));
  afterEach(() => leave(page));
  const openTab = (id: string) => page.locator(`#item-tab-${id}`).click();
  const tree = () => textsOf(page, '.tree__row');

  it('is a tree that opens and closes by keys', async () => {
    await clickRow('"value":1');
    await page.waitForSelector('.tree');
    expect(await tree()).toEqual(['▾{3}', 'type: "price"', 'value: 1', '▾tags: [2]', '0: "a"', '1: "b"']);
    await page.focus('.tree');
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft');
    expect(await tree()).toEqual(['▾{3}', 'type: "price"', 'value: 1', '▸tags: ["a", "b"]']);
    await press('ArrowLeft', 'ArrowLeft');
    expect(await tree()).toEqual(['▸{type: "price", value: 1, tags: [2]}']);
    await press('ArrowRight');
    expect(await page.$eval('.tree__row', (row) => row.getAttribute('aria-expanded'))).toBe('true');
  });

  it('can be read raw and as bytes', async () => {
    await clickRow('"value":1');
    await openTab('raw');
    expect(await textOf(page, '.payload__text')).toBe('{"type":"price","value":1,"tags":["a","b"]}');
    await openTab('hex');
    expect((await textOf(page, '.payload__hex > div')).replace(/\s+/g, ' ')).toBe(
      '00000000 7b 22 74 79 70 65 22 3a 22 70 72 69 63 65 22 2c {"type":"price",',
    );
  });

  it('of a binary message is shown as bytes first', async () => {
    await clickRow('00 01 fe 41 42');
    expect(await textOf(page, '[role="tab"][aria-selected="true"]#item-tab-hex')).toBe('Hex');
    expect(await textOf(page, '.payload__ascii')).toBe('...AB');
  });

  it('is compared with the message before it', async () => {
    await clickRow('"value":2');
    await openTab('diff');
    expect(await textsOf(page, '.diff__change')).toEqual(['~value12', '~tags[1]"b""c"']);
  });

  it('of a poll is compared with the answer before it, and has heads', async () => {
    await page.focus('.rows');
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await openTab('diff');
    expect(await textOf(page, '.item__panel')).toBe('No difference.');
    await openTab('headers');
    expect(await textOf(page, '.item__panel')).toContain('200 http/1.1');
  });

  it('walks its tabs by keys', async () => {
    await clickRow('"value":1');
    await page.focus('#item-tab-json');
    await press('ArrowRight');
    await page.waitForSelector('#item-tab-raw[aria-selected="true"]');
    await press('ArrowLeft', 'ArrowLeft');
    await page.waitForSelector('#item-tab-diff[aria-selected="true"]');
  });

  it('is copied whole', async () => {
    await clickRow('"value":1');
    await page.locator('.item__head .button').click();
    await untilText('.item__head .button', 'Copied');
    await page.locator('.find__text').click();
    await page.keyboard.down('Control');
    await press('v');
    await page.keyboard.up('Control');
    expect(await page.$eval('.find__text', (input) => (input as HTMLInputElement).value)).toBe(
      '{"type":"price","value":1,"tags":["a","b"]}',
    );
  });
});

describe('two rows', () => {
  beforeEach(() => show(talk()));
  afterEach(() => leave(page));

  it('are compared when the second is chosen with Ctrl', async () => {
    await clickRow('subscribe');
    await clickRow('"value":1', { ctrl: true });
    await page.locator('#item-tab-compare').click();
    expect(await textsOf(page, '.diff__change')).toEqual([
      '~type"subscribe""price"',
      '+value1',
      '+tags["a", "b"]',
      '−topic"prices"',
    ]);
  });

  it('are compared by the key C', async () => {
    await page.focus('.rows');
    await press('Home', 'ArrowDown', 'ArrowDown', 'c', 'End', 'ArrowUp');
    await page.locator('#item-tab-compare').click();
    expect(await textsOf(page, '.diff__change')).toEqual(['~value12', '~tags[1]"b""c"']);
  });

  it('stay at hand when they are pinned', async () => {
    await page.focus('.rows');
    await press('Home', 'p', 'End', 'p');
    expect(await page.$$eval('.pins li', (all) => all.length)).toBe(2);
    expect(await page.$$eval('.row[data-pinned]', (all) => all.length)).toBe(2);
    await page.locator('.pins__item').click();
    await page.waitForFunction(() => document.querySelector('.item__title')?.textContent?.includes('/poll'));
    await page.locator('.pins li .icon-button').click();
    expect(await page.$$eval('.pins li', (all) => all.length)).toBe(1);
  });

  it('have a menu, which filters by what they are', async () => {
    await page.locator('.row--sent').click({ button: 'right' });
    await page.waitForSelector('.menu');
    expect(await textsOf(page, '.menu__item')).toEqual([
      'Copy content',
      'Pin',
      'Compare with',
      'Filter by event:text',
      'Filter by dir:sent',
      'Hide this channel',
    ]);
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.menu__item')[4]!.click());
    await untilText('.messages__counts', '1 row');
    expect(await rows('arrow')).toEqual(['↑']);
  });
});

describe('protocols', () => {
  afterEach(() => leave(page));

  it('name events, and pair calls with their replies', async () => {
    const log = withSocket(undefined, 'wss://app.test/socket.io/?EIO=4&transport=websocket');
    say(log, 10, '0{"sid":"x","pingInterval":25000,"pingTimeout":20000}');
    say(log, 20, '40', { direction: 'sent' });
    say(log, 30, '40{"sid":"y"}');
    say(log, 100, '427["save",{"a":1}]', { direction: 'sent' });
    say(log, 145, '437[{"ok":true}]');
    say(log, 200, '42["price",{"value":1}]');
    await show(log);
    expect(await rows('label')).toEqual(['event save', 'ack', 'event price']);
    expect(await rows('latency')).toEqual(['', '45 ms', '']);
    expect(await textOf(page, '.messages__counts')).toContain('3 without data');
    await clickRow('price');
    await page.locator('#item-tab-protocol').click();
    expect(await textOf(page, '.packet h2')).toBe('event price data');
    expect(await textOf(page, '.packet .tree')).toContain('value: 1');
  });
});
