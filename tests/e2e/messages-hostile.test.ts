import type { Browser, Page } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { fileOf, say, withSocket } from '../support/socket-log.ts';
import { leave, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});
afterEach(() => leave(page));

/** Shows a recording whose last message is this, selected. */
async function show(payload: string | Uint8Array, type = 'text'): Promise<void> {
  const log = withSocket();
  say(log, 10, '{"type":"before"}', { type });
  say(log, 20, payload, { type });
  page = await viewerWith(browser, fileOf(log));
  await page.locator('#tab-messages').click();
  await page.waitForSelector('.rows__body .row');
  await page.focus('.rows');
  await page.keyboard.press('End');
  await page.waitForSelector('.item');
}
const TABS = ['json', 'raw', 'hex', 'diff'] as const;
/** CPU that the page's main thread has taken: unlike elapsed time it is the same on a busy machine. */
const threadSeconds = async () => {
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await cdp.detach();
  return metrics.find(({ name }) => name === 'ThreadTime')!.value;
};
const openTab = async (id: (typeof TABS)[number]) => {
  const tab = await page.$(`#item-tab-${id}`);
  await tab?.click();
  if (tab !== null) await page.waitForSelector(`#item-tab-${id}[aria-selected="true"]`);
};
/** Nothing sticks out, and no row is higher than a row. */
const layout = () =>
  page.evaluate(() => ({
    sticksOut: document.documentElement.scrollWidth > innerWidth,
    rowHeights: [
      ...new Set([...document.querySelectorAll('.rows__body .row')].map((row) => row.getBoundingClientRect().height)),
    ],
  }));
const WHOLE = { sticksOut: false, rowHeights: [20] };

describe('HTML', () => {
  const HTML = '{"a":"<img src=x onerror=\'document.title=1\'><script>document.title=1</script>","<b>k</b>":"</pre>"}';

  it('stays text wherever it is shown', async () => {
    await show(HTML, '<i>type</i>');
    const title = await page.title();
    expect(await textOf(page, '.row[aria-selected="true"] .row__preview')).toContain('<img src=x onerror=');
    expect(await textOf(page, '.row[aria-selected="true"] .row__type')).toBe('<i>type</i>');
    for (const id of TABS) {
      await openTab(id);
      expect(await textOf(page, '.item__panel')).toMatch(/<img src=x|3c 69 6d 67/);
      expect(await page.$$('.messages :is(img, script, i, [onerror])')).toEqual([]);
    }
    expect(await page.title()).toBe(title);
    expect(await layout()).toEqual(WHOLE);
  });

  it('is found and marked as text, too', async () => {
    await show(HTML);
    await page.locator('.find__text').click();
    await page.keyboard.type('<img src');
    await openTab('raw');
    await page.waitForSelector('.item mark');
    expect(await textsOf(page, '.item mark')).toEqual(['<img src']);
    expect(await page.$$('.messages img')).toEqual([]);
  });
});

describe('text that turns what is around it', () => {
  it('is written out', async () => {
    await show('{"file":"user\u202Egnp.exe","\u2066key":"\u200b\\u0000"}', 'ty\u202Epe');
    const SEEN = 'user\\u202egnp.exe';
    expect(await textOf(page, '.row[aria-selected="true"] .row__preview')).toContain(SEEN);
    expect(await textOf(page, '.row[aria-selected="true"] .row__type')).toBe('ty\\u202epe');
    await openTab('json');
    expect(await textsOf(page, '.tree__row')).toEqual(['▾{2}', `file: "${SEEN}"`, '\\u2066key: "\\u200b\\u0000"']);
    await openTab('raw');
    expect(await textOf(page, '.payload__text')).toContain(SEEN);
    await openTab('diff');
    expect(await textOf(page, '.item__panel')).toContain(SEEN);
    const hidden = await page.evaluate(() =>
      /[\u202a-\u202e\u2066-\u2069\u200b]/.test(document.body.textContent ?? ''),
    );
    expect(hidden).toBe(false);
  });

  it('of a script that runs from right to left stays in its cell', async () => {
    await show('مرحبا بالعالم {"a":1}');
    const boxes = await page.$$eval('.row[aria-selected="true"] > span', (cells) =>
      cells
        .map((cell) => cell.getBoundingClientRect())
        .filter(({ width }) => width > 0)
        .map(({ left, right }) => [left, right] as const),
    );
    expect(boxes.length).toBeGreaterThan(5);
    for (const [i, [left]] of boxes.entries()) if (i > 0) expect(left).toBeGreaterThanOrEqual(boxes[i - 1]![1]);
  });
});

describe('half a character', () => {
  it('is written out, and its bytes are those of a replacement character', async () => {
    await show('{"a":"x\ud83d"}');
    expect(await textOf(page, '.row[aria-selected="true"] .row__preview')).toBe('{"a":"x\\ud83d"}');
    await openTab('hex');
    expect((await textOf(page, '.payload__hex')).replace(/\s+/g, ' ')).toContain('22 78 ef bf bd 22');
  });
});

describe('a line of ten megabytes', () => {
  it('is shown by its beginning, and more when asked, without a pause', async () => {
    await show(`{"a":"${'x'.repeat(10_000_000)}"}`);
    expect(await layout()).toEqual(WHOLE);
    const cpuBefore = await threadSeconds();
    await openTab('raw');
    const length = () => page.$eval('.payload__text', (text) => text.textContent!.length);
    expect(await length()).toBe(20_000);
    await page.locator('.payload > .button').click();
    expect(await length()).toBe(40_000);
    await openTab('hex');
    await page.waitForSelector('.payload__hex');
    expect(await page.$$eval('.payload__hex > div', (lines) => lines.length)).toBe(256);
    expect((await threadSeconds()) - cpuBefore).toBeLessThan(1.5);
    await openTab('json');
    expect(await textOf(page, '.payload > .button')).toBe('Show as a tree (10.0 MB)');
    await page.locator('.payload > .button').click();
    await page.waitForSelector('.tree');
    expect(await layout()).toEqual(WHOLE);
  });
});

describe('nesting a hundred thousand deep', () => {
  it('opens as far as one likes', async () => {
    await show(`${'['.repeat(100_000)}1${']'.repeat(100_000)}`);
    await page.waitForSelector('.tree');
    const before = await page.$$eval('.tree__row', (all) => all.length);
    expect(before).toBeGreaterThan(10);
    await page.focus('.tree');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((n) => document.querySelectorAll('.tree__row').length === n + 1, {}, before);
    expect(await layout()).toEqual(WHOLE);
    await openTab('diff');
    expect(await textOf(page, '.item__panel')).toContain('$');
  });
});

describe('a list of a million', () => {
  it('is shown in parts', async () => {
    await show(`[${'1,'.repeat(999_999)}1]`);
    await page.locator('.payload > .button').click();
    await page.waitForSelector('.tree');
    expect((await textsOf(page, '.tree__row')).slice(0, 2)).toEqual(['▾[1,000,000]', '▸[0…9999]: [10,000]']);
  });
});

describe('bytes that are no text', () => {
  it('are shown as bytes, and as text with replacement characters', async () => {
    await show(Uint8Array.of(0xff, 0xfe, 0x00, 0x80, 0x41), 'binary');
    expect(await textOf(page, '.row[aria-selected="true"] .row__preview')).toBe('ff fe 00 80 41');
    await openTab('raw');
    expect(await textOf(page, '.payload__text')).toBe('\ufffd\ufffd\\u0000\ufffdA');
  });
});
