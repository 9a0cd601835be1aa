import type { Browser, Page } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../src/core/log.ts';
import type { Log } from '../../src/core/state.ts';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { fileOf, SOCKET, say, withSocket } from '../support/socket-log.ts';
import { batch, entryOf, play, repeat, T0 } from '../support/timeline.ts';
import { leave, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});
afterEach(() => leave(page));

async function show(log: Log, transport: string): Promise<void> {
  page = await viewerWith(browser, fileOf(log));
  await page.locator(`tr[data-transport="${transport}"]`).click();
  await page.waitForSelector('.detail');
}
const polls = (): Log => play(repeat(12, 2000, (i, at) => `${at}ms GET /news 200 {"n":${i < 6 ? 1 : i}} 30ms`));
const longPolls = (): Log => play(repeat(12, 3000, (i, at) => `${at}ms GET /updates 200 {"n":${i}} 2990ms`));
const section = (id: string) => textOf(page, `[data-section="${id}"]`);
const facts = async (id: string) => {
  const rows = await page.$$eval(`[data-section="${id}"] .facts__row`, (all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
  );
  return Object.fromEntries(rows.map(([label, value]) => [label, value]));
};

describe('the verdict', () => {
  it('of a poll says why, how surely, and what would change it', async () => {
    await show(polls(), 'polling');
    const verdict = await section('verdict');
    expect(verdict).toMatch(/Polling, with > 99% confidence\./);
    expect(verdict).toContain('Requests start every 2 s');
    expect(verdict).toContain('Requests that lose their rhythm (a timer at most 50% likely) become plain requests');
    expect(verdict).toContain('Two readings in a row must say so.');
  });

  it('of a long poll tells of holds', async () => {
    await show(longPolls(), 'long-polling');
    const verdict = await section('verdict');
    expect(verdict).toContain('The server held 100% of the last 12 requests');
    expect(verdict).toContain(
      'Fewer than 30% of requests held by the server (10% where the holds take nearly all the time), or fewer than 80% sent at once',
    );
  });

  it('of a socket rests on a fact', async () => {
    await show(withSocket(), 'websocket');
    expect(await section('verdict')).toContain('Nothing: it follows from how the page connects');
  });

  it('that is not reached says what is missing', async () => {
    await show(play('0ms GET /once 200 x'), 'undecided');
    expect(await section('verdict')).toContain('More requests: the pauses between them tell how they are made.');
  });
});

describe('bytes', () => {
  it('carry marks of where they come from, and add up to the bar', async () => {
    await show(polls(), 'polling');
    const notes = await textsOf(page, '[data-section="bytes"] .facts__note');
    expect(notes).toEqual(['● measured', '● measured', '◐ derived', '● measured', '● measured', '◐ derived']);
    expect(await facts('bytes')).toMatchObject({ 'Request headers': '6.0 kB', 'Response headers': '1.8 kB' });
    const label = await page.$eval('.shares', (bar) => bar.ariaLabel);
    expect(label).toMatch(/^headers 7\.8 kB, framing 0 B, payload \d+ B$/);
    const widths = await page.$$eval('.shares__part', (parts) =>
      parts.map((part) => part.getBoundingClientRect().width),
    );
    expect(widths[0]).toBeGreaterThan(20 * widths[2]!);
  });
});

describe('timing', () => {
  it('is counted in bins: from start to start, held, and between messages', async () => {
    const log = withSocket(longPolls());
    for (let i = 0; i < 6; i++) say(log, 100 + i * 500, `{"n":${i}}`);
    await show(log, 'long-polling');
    await page.locator('#detail-tab-timing').click();
    expect(await section('histogram-starts')).toBe('From start to start11 samples3 – 3.1 s11');
    expect(await section('histogram-holds')).toContain('12 samples');
    await page.locator('tr[data-transport="websocket"]').click();
    await page.waitForSelector('[data-section="histogram-arrivals"]');
    expect(await section('histogram-arrivals')).toBe('Between messages received5 samples500 – 510 ms5');
  });
});

describe('headers', () => {
  it('are shown of the last request, and ranked by what they cost', async () => {
    const log = play('');
    for (let i = 0; i < 3; i++) {
      const entry = entryOf({ url: 'https://app.test/api', startedAt: T0 + i, endedAt: T0 + i + 5, status: 200 });
      const requestHeaders = [['Accept', '*/*'] as const, ['X-Large', 'v'.repeat(200)] as const];
      const responseHeaders = [['Content-Type', 'application/json'] as const, ['X-Trace', `<img src=x>${i}`] as const];
      apply(log, { kind: 'entry', entry: { ...entry, requestHeaders, responseHeaders }, at: T0 + 10 });
    }
    apply(log, { kind: 'tick', at: T0 + 60_000 });
    await show(log, 'undecided');
    await page.locator('#detail-tab-headers').click();
    expect((await textsOf(page, '[data-section="header-costs"] th[scope="row"]')).slice(0, 2)).toEqual([
      'x-large',
      'content-type',
    ]);
    expect(await textOf(page, '[data-section="header-costs"] tbody .number')).toBe('633 B');
    expect(await textOf(page, '.headers-tab')).toContain('X-Trace<img src=x>2');
    expect(await page.$('.headers-tab img')).toBeNull();
  });

  it('say so when nobody reported any', async () => {
    await show(withSocket(), 'websocket');
    await page.locator('#detail-tab-headers').click();
    expect(await textOf(page, '.detail__none')).toContain('has not reported any request');
  });
});

describe('a stream', () => {
  it('gives away how soon it opens again, its heartbeat, and why it closed', async () => {
    const log = withSocket();
    for (let i = 0; i < 4; i++) say(log, 100 + i * 25_000, '{"type":"ping"}', { direction: 'sent' });
    apply(log, batch({ kind: 'close', id: 501, at: 80_000, code: 1006, reason: '', wasClean: false }));
    await show(log, 'websocket');
    expect(await facts('connections')).toMatchObject({
      Opened: '1',
      'Opens again after': '–',
      'Heartbeat of the page': '25 s',
      'Heartbeat of the server': '–',
    });
    expect(await textOf(page, '.stream__close')).toBe(
      'Closed with 1006: the connection was lost without a word: network, proxy or server (not clean)',
    );
  });

  it('shows where the page asked for it', async () => {
    const log = play('');
    const stack = 'Error\n    at connect (https://app.test/js/live.js:12:5)\n    at https://app.test/:3:1';
    apply(log, batch({ kind: 'connect', id: 1, at: 0, api: 'websocket', url: SOCKET, stack }));
    await show(log, 'websocket');
    expect(await textsOf(page, '.stack li')).toEqual(['connectlive.js:12', '(script)https://app.test/:3']);
  });

  it('says when stacks are not recorded, and switches them on', async () => {
    await show(withSocket(), 'websocket');
    expect(await section('stack')).toContain('Stacks are not recorded');
    await page.locator('[data-section="stack"] .button').click();
    await page.waitForFunction(() =>
      document.querySelector('[data-section="stack"]')?.textContent?.includes('from now on'),
    );
  });
});

describe('the tabs', () => {
  it('are walked by keys, and stay the same from channel to channel', async () => {
    const log = withSocket(polls());
    say(log, 10, '{"hello":1}');
    await show(log, 'polling');
    await page.focus('#detail-tab-overview');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('#detail-tab-messages[aria-selected="true"]');
    await page.waitForFunction(() => document.querySelectorAll('.detail .rows__body .row').length === 12);
    await page.locator('tr[data-transport="websocket"]').click();
    await page.waitForFunction(() => document.querySelector('.detail .row__preview')?.textContent !== undefined);
    await page.waitForFunction(() => document.querySelectorAll('.detail .rows__body .row').length === 1);
    await page.focus('#detail-tab-messages');
    await page.keyboard.press('End');
    await page.waitForSelector('#detail-tab-headers[aria-selected="true"]');
    await page.keyboard.press('Home');
    await page.waitForSelector('#detail-tab-overview[aria-selected="true"]');
  });

  it('stand in a pane as wide as one likes', async () => {
    await show(polls(), 'polling');
    const width = () => page.$eval('.detail', (detail) => detail.getBoundingClientRect().width);
    const before = await width();
    await page.focus('.app__main > .divider');
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(
      (old) => document.querySelector('.detail')!.getBoundingClientRect().width === old + 80,
      {},
      before,
    );
  });
});
