import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { countColour } from '../support/canvas.ts';
import { catchDownloads, type Downloads } from '../support/downloads.ts';
import { sampleSession } from '../support/sample.ts';
import { leave, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;
let downloads: Downloads;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
  downloads = await catchDownloads(browser);
  page = await viewerWith(browser, sampleSession());
  await page.locator('#tab-charts').click();
  await page.waitForSelector('.chart canvas');
});
afterAll(() => leave(page));

const card = (id: string, inside = '') => `[data-chart="${id}"] ${inside}`;
const button = (id: string, label: string) => card(id, `button[aria-label*="${label}"]`);
const whole = { top: 0, bottom: 180 };
const colour = (name: string) =>
  page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`), name);
/** Rows of the chart's table, cells joined; the chart is a chart again afterwards. */
async function table(id: string): Promise<string[]> {
  await page.locator(button(id, 'as a table')).click();
  await page.waitForSelector(card(id, 'tbody'));
  const rows = await page.$$eval(card(id, 'tr'), (all) =>
    all.map((row) => [...row.children].map((c) => c.textContent).join(' | ')),
  );
  await page.locator(button(id, 'as a table')).click();
  await page.waitForSelector(card(id, 'canvas'));
  return rows;
}
const of = async (value: string) => {
  await page.select('#charts-scope', value);
};
const transport = (name: string) => `transport ${name}`;

describe('the charts', () => {
  it('are seven, each with a name', async () => {
    expect(await textsOf(page, '.chart__title')).toEqual([
      'Responses',
      'Bytes',
      'Delivery latency',
      'Bytes by channel',
      'Messages per second',
      'Bytes per second on the wire',
      'Dearest headers',
    ]);
  });

  it('draw news and waste in their colours', async () => {
    for (const name of ['useful', 'wasted']) {
      const sought = await colour(name);
      await page.waitForFunction(
        (selector) => (document.querySelector(selector) as HTMLCanvasElement).width > 0,
        {},
        card('responses', 'canvas'),
      );
      expect(await countColour(page, card('responses', 'canvas'), sought, whole), name).toBeGreaterThan(50);
    }
  });

  it('say the same in a table: answers by the second', async () => {
    const [head, ...rows] = await table('responses');
    expect(head).toBe('Time | useful | wasted');
    const sums = rows
      .map((row) => row.split(' | ').slice(1).map(Number))
      .reduce(([a, b], [c, d]) => [a! + c!, b! + d!]);
    expect(sums).toEqual([5, 14]);
    expect(rows.find((row) => row.startsWith('08:00:02'))).toBe('08:00:02 | 0 | 1');
  });

  it('tell every delay, and what most stay under', async () => {
    const [head, ...rows] = await table('latency');
    expect(head).toBe('Time | Channel | Delivery latency');
    expect(rows).toHaveLength(10);
    expect(rows.filter((row) => row.includes('WebSocket /api/socket | 20 ms'))).toHaveLength(5);
    expect(rows.filter((row) => row.includes('Polling /api/poll | 540 ms'))).toHaveLength(5);
  });

  it('add up bytes by channel: heads of 500 and 150 bytes, twenty times', async () => {
    const rows = await table('bytes-by-channel');
    expect(rows[1]).toMatch(/^GET https:\/\/app\.test\/api\/poll \| 13\.0 kB \| 0 B \| \d+ B \|/);
    expect(rows).toHaveLength(3);
  });
});

describe('their scope', () => {
  it('is one transport, one channel, or all', async () => {
    await of(transport('websocket'));
    expect(await table('latency')).toHaveLength(6);
    await of('all');
    const channel = await page.$eval(
      '#charts-scope optgroup:last-of-type option',
      (option) => (option as HTMLOptionElement).value,
    );
    await of(channel);
    const rows = await table('latency');
    expect(rows).toHaveLength(6);
    expect(rows[1]).toContain('Polling');
    await of('all');
    expect(await table('latency')).toHaveLength(11);
  });
});

describe('saving', () => {
  it('gives the figures as CSV', async () => {
    const { name, content } = await downloads.of(() => page.locator(button('latency', 'CSV')).click());
    expect(name).toBe('latency.csv');
    const lines = content.toString().trim().split('\r\n');
    expect(lines[0]).toBe('Time,Channel,Delivery latency');
    expect(lines).toHaveLength(11);
    expect(lines.filter((line) => line.endsWith(',540'))).toHaveLength(5);
  });

  it('gives the chart as a PNG of its own size', async () => {
    const { name, content } = await downloads.of(() => page.locator(button('responses', 'PNG')).click());
    expect(name).toBe('responses.png');
    expect(content.subarray(1, 4).toString()).toBe('PNG');
    const width = await page.$eval(card('responses', 'canvas'), (canvas) => (canvas as HTMLCanvasElement).width);
    expect(content.readUInt32BE(16)).toBe(width);
  });
});

describe('a narrow screen', () => {
  it('stacks the charts', async () => {
    await page.setViewport({ width: 400, height: 800 });
    const lefts = await page.$$eval(
      '.chart',
      (all) => new Set(all.map((chart) => chart.getBoundingClientRect().left)).size,
    );
    expect(lefts).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    expect(await textOf(page, '.charts__controls')).toContain('Of');
  });
});
