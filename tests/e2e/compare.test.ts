import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Raced, type RaceResult, race } from '../../scripts/demo/race.ts';
import { median } from '../../src/core/metrics/statistics.ts';
import { toSession } from '../../src/core/session/write.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { sampleSession } from '../support/sample.ts';
import { play, repeat } from '../support/timeline.ts';
import { fileWith, leave, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser(EXTENSION);
});
afterAll(() => browser?.close());

/** A line of the table of figures: what it is about, then a cell a channel. */
const figure = (frame: Page | Frame, id: string) =>
  frame.$$eval(`[data-figure="${id}"] > *`, (cells) => cells.map((cell) => cell.textContent ?? ''));

describe('the sample: the same five events by polls and by a socket', () => {
  let page: Page;
  beforeAll(async () => {
    page = await viewerWith(browser, sampleSession());
    await page.locator('#tab-compare').click();
    await page.waitForSelector('.compare__figures');
  });
  afterAll(() => leave(page));

  it('stand side by side, and the better of each line is marked', async () => {
    expect(await figure(page, 'events')).toEqual(['Events', '5', '5']);
    expect(await figure(page, 'p50')).toEqual(['Delay, median', '540 ms', '20 ms (best)']);
    expect(await figure(page, 'lost')).toEqual(['Lost', '0', '0']);
    expect(await figure(page, 'duplicates')).toEqual(['Delivered twice', '0', '0']);
    expect(await figure(page, 'requests')).toEqual(['Requests per event', '4.00', '0.40 (best)']);
    expect(await textOf(page, '.compare__hint')).toContain('5 of 5 events');
  });

  it('are listed event by event, newest first', async () => {
    const rows = await textsOf(page, '.compare__events tbody tr');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toBe('08:00:16.500e4540 ms20 ms');
  });

  it('have bars on one scale, however long their names are', async () => {
    const widths = await page.$$eval('.compare__events tbody tr:first-child i', (bars) =>
      bars.map((bar) => bar.getBoundingClientRect().width),
    );
    const [slow, quick] = widths as [number, number];
    expect(quick / slow).toBeCloseTo(Math.log1p(20) / Math.log1p(540), 2);
  });

  it('need two to be compared', async () => {
    const [first] = await page.$$('[data-pick]');
    await first!.click();
    await page.waitForSelector('.compare__figures', { hidden: true });
    expect(await textOf(page, '.compare__hint')).toContain('two or more');
    await first!.click();
    await page.waitForSelector('.compare__figures');
  });
});

describe('two recordings', () => {
  const polls = (everyMs: number) =>
    play(repeat(60_000 / everyMs, everyMs, (i, at) => `${at}ms GET /news 200 ${i % 2 ? '[]' : `[${i}]`} 20ms`));
  let page: Page;
  beforeAll(async () => {
    page = await viewerWith(browser, JSON.stringify(toSession(polls(5000), 'test')), 'after.json');
    await page.locator('#tab-compare').click();
    await page.locator('.compare__modes button:last-child').click();
  });
  afterAll(() => leave(page));

  const openBefore = async (text: string, name: string) => {
    const input = (await page.$('.compare__file')) as NonNullable<Awaited<ReturnType<typeof page.$<'input'>>>>;
    await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(fileWith(text, name));
  };

  it('say why a file cannot be the other one', async () => {
    await openBefore('{"schemaVersion": 99}', 'wrong.json');
    await page.waitForSelector('.compare__wrong');
    expect(await textOf(page, '.compare__wrong')).toBe(
      '“wrong.json” cannot be opened. schemaVersion: this reads sessions of version 2, not 99.',
    );
  });

  it('stand side by side by the minute, with the change in figures and words', async () => {
    await openBefore(JSON.stringify(toSession(polls(1000), 'test')), 'before.json');
    await page.waitForSelector('[data-figure="requestsPerMinute"]');
    expect(await figure(page, 'requestsPerMinute')).toEqual(['Requests per minute', '61', '13', '−79% better']);
    expect(await figure(page, 'wastedShare')).toEqual(['wasted', '51%', '55%', '+7% worse']);
    expect(await textsOf(page, '.compare__pairs thead th')).toEqual(['Channel', 'before.json', 'after.json']);
    expect(await textsOf(page, '[data-pair="GET /news"] > *')).toEqual([
      'GET /news',
      expect.stringContaining('60 requests, 30 wasted'),
      expect.stringContaining('12 requests, 6 wasted'),
    ]);
  });
});

describe('the race in the panel', () => {
  let server: TestServer;
  let result: RaceResult;
  let panel: Frame;
  beforeAll(async () => {
    server = await createTestServer();
    result = await race(browser, server, 10, '&seed=5&rate=2');
    panel = result.panel.frame;
    await panel.locator('#tab-compare').click();
    await panel.waitForSelector('.compare__figures');
  }, 150_000);
  afterAll(() => server?.close());

  /** Columns are in the order of the channels. */
  const column = async (id: string, technique: Raced) => {
    const transports = await panel.$$eval('.compare__figures thead th', (all) =>
      all.map((th) => (th as HTMLElement).dataset.transport),
    );
    expect(transports.toSorted()).toEqual(['long-polling', 'polling', 'sse', 'websocket']);
    const i = transports.indexOf(technique);
    return (await figure(panel, id))[i + 1]!;
  };

  it('matches the events that the page itself saw, technique by technique', async () => {
    for (const technique of ['polling', 'long-polling', 'sse', 'websocket'] as const) {
      const delivered = new Set(result.deliveries.filter((d) => d.technique === technique).map(({ id }) => id)).size;
      expect(Number(await column('events', technique)), technique).toBe(delivered);
    }
  });

  it('tells delays as the page measured them', async () => {
    for (const technique of ['polling', 'sse', 'websocket'] as const) {
      const told = milliseconds(await column('p50', technique));
      const measured = median(
        result.deliveries.filter((d) => d.technique === technique).map(({ delayMs }) => delayMs),
      )!;
      // The page stamps an event when its code runs, the hook when the message is there.
      expect(Math.abs(told - measured), `${technique}: ${told} against ${measured}`).toBeLessThan(30 + measured * 0.1);
    }
  });

  it('loses nothing that the server delivered', async () => {
    for (const technique of ['long-polling', 'sse', 'websocket'] as const)
      expect(await column('lost', technique)).toBe('0');
  });
});

const milliseconds = (text: string): number => {
  const [, amount, unit] = /^([\d.,]+) (ms|s)/.exec(text)!;
  return Number(amount!.replace(',', '')) * (unit === 's' ? 1000 : 1);
};
