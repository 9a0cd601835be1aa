import type { Browser, Page } from 'puppeteer-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { canvasBox, colourAt, countColour } from '../support/canvas.ts';
import { sampleSession } from '../support/sample.ts';
import { leave, textOf, textsOf, viewerWith } from '../support/viewer.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await sharedBrowser(EXTENSION);
});

const CANVAS = '.timeline__canvas';
const LABELS_PX = 210;
const RULER_PX = 22;
/** Lanes of the sample, as diagrams: polls first, then the socket. */
const LANE_PX = 66;
const POLL_LANE = { top: RULER_PX, bottom: RULER_PX + LANE_PX };
const SOCKET_LANE = { top: RULER_PX + LANE_PX, bottom: RULER_PX + 2 * LANE_PX };

const span = () => textOf(page, '.timeline__span');
const summary = () => textOf(page, '.summary');
/** From one point of the canvas to another, in CSS pixels. */
async function drag(from: [number, number], to: [number, number], key?: 'Shift'): Promise<void> {
  const box = await canvasBox(page, CANVAS);
  if (key !== undefined) await page.keyboard.down(key);
  await page.mouse.move(box.x + from[0], box.y + from[1]);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0], box.y + to[1], { steps: 4 });
  await page.mouse.up();
  if (key !== undefined) await page.keyboard.up(key);
}
/** x of an instant of the sample, when all of it is shown. */
async function xOf(ms: number): Promise<number> {
  const { width } = await canvasBox(page, CANVAS);
  // The sample was written at 20.5 s; a fiftieth of that is room on both sides.
  const [first, last] = [-0.02 * 20_500, 1.02 * 20_500];
  return LABELS_PX + ((ms - first) / (last - first)) * (width - LABELS_PX);
}

beforeEach(async () => {
  page = await viewerWith(browser, sampleSession());
  await page.locator('#tab-timeline').click();
  await page.waitForSelector(CANVAS);
  await page.locator('.timeline__controls button[title*="(Home)"]').click();
  await page.waitForFunction(() => document.querySelector('.timeline__span')?.textContent?.startsWith('2'));
});

afterEach(() => leave(page));

describe('the lanes', () => {
  it('are named by channel, and choosing one selects it everywhere', async () => {
    expect(await textsOf(page, '.timeline__lane')).toEqual([
      expect.stringMatching(/Polling.*\/api\/poll/),
      expect.stringMatching(/WebSocket.*\/api\/socket/),
    ]);
    await page.locator('.timeline__lane:nth-of-type(1)').click();
    await page.waitForSelector('.timeline__lane[aria-pressed="true"]');
    await page.waitForSelector('.detail');
  });

  it('draw polls in vain in the colour of waste, and sockets never', async () => {
    const wasted = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--wasted'));
    expect(await countColour(page, CANVAS, wasted, POLL_LANE)).toBeGreaterThan(200);
    expect(await countColour(page, CANVAS, wasted, SOCKET_LANE)).toBe(0);
  });

  it('draw a poll in vain hollow, and one with news filled', async () => {
    await page.locator('.timeline__controls button[title*="textbooks"]').click();
    await page.waitForSelector('.timeline__controls button[title*="textbooks"][aria-pressed="false"]');
    /** The colour in the middle of the bar of the poll at that time, from close by. */
    const inside = async (ms: number) => {
      await page.locator('.timeline__controls button[title*="(Home)"]').click();
      await page.waitForFunction(() => document.querySelector('.timeline__span')?.textContent === '21 s');
      const box = await canvasBox(page, CANVAS);
      const x = await xOf(ms + 20);
      await page.mouse.move(box.x + x, box.y + 100);
      await page.keyboard.down('Control');
      for (let i = 0; i < 9; i++) await page.mouse.wheel({ deltaY: -250 });
      await page.keyboard.up('Control');
      await page.waitForFunction(() =>
        /^\d\d\d ms$/.test(document.querySelector('.timeline__span')?.textContent ?? ''),
      );
      return colourAt(page, CANVAS, x, RULER_PX + 16);
    };
    const ground = await colourAt(page, CANVAS, 600, 400);
    expect(await inside(2000)).toBe(ground);
    expect(await inside(5000)).not.toBe(ground);
  });

  it('show where the connection was lost, and where the page was hidden', async () => {
    const record = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--record'));
    const lost = { ...SOCKET_LANE, left: await xOf(9000), right: await xOf(11_000) };
    const open = { ...SOCKET_LANE, left: await xOf(3000), right: await xOf(8000) };
    expect(await countColour(page, CANVAS, record, lost)).toBeGreaterThan(20);
    expect(await countColour(page, CANVAS, record, open)).toBe(0);
    const shades = async (from: number, to: number) =>
      new Set(
        await Promise.all(
          [0, 1, 2, 3, 4, 5].map(async (i) =>
            colourAt(page, CANVAS, (await xOf((from + to) / 2)) + i, SOCKET_LANE.top + 3),
          ),
        ),
      ).size;
    expect(await shades(14_000, 16_000)).toBeGreaterThan(1);
    expect(await shades(6000, 7000)).toBe(1);
  });
});

describe('zoom and pan', () => {
  it('work by key', async () => {
    await page.focus('.timeline__scroller');
    expect(await span()).toBe('21 s');
    await page.keyboard.press('+');
    await page.waitForFunction(() => document.querySelector('.timeline__span')?.textContent === '15 s');
    await page.keyboard.press('-');
    await page.waitForFunction(() => document.querySelector('.timeline__span')?.textContent === '21 s');
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.querySelector('.timeline__span')?.textContent === '21 s');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('.timeline__lane[aria-pressed="true"]');
  });

  it('work by wheel and by dragging, and the instant under the pointer stays', async () => {
    const box = await canvasBox(page, CANVAS);
    const x = await xOf(10_000);
    await page.mouse.move(box.x + x, box.y + 100);
    const before = await cardTime();
    await page.keyboard.down('Control');
    await page.mouse.wheel({ deltaY: -300 });
    await page.keyboard.up('Control');
    await page.waitForFunction(() => document.querySelector('.timeline__span')?.textContent !== '21 s');
    await page.mouse.move(box.x + x + 1, box.y + 101);
    expect(Math.abs(seconds(await cardTime()) - seconds(before))).toBeLessThan(0.1);
    await drag([x, 100], [x - 200, 100]);
    await page.mouse.move(box.x + x, box.y + 101);
    expect(seconds(await cardTime())).toBeGreaterThan(seconds(before) + 0.5);
  });
});

/** The instant that the card at the pointer tells of. */
async function cardTime(): Promise<string> {
  await page.waitForSelector('.timeline__card');
  return textOf(page, '.timeline__card');
}
const seconds = (card: string): number => {
  const [, minutes, rest] = /(\d\d):(\d\d\.\d+)/.exec(card)!;
  return Number(minutes) * 60 + Number(rest);
};

describe('what lies under the pointer', () => {
  it('is told in words: a poll, a message, a gap', async () => {
    const box = await canvasBox(page, CANVAS);
    await page.mouse.move(box.x + (await xOf(2020)), box.y + POLL_LANE.top + 20);
    await page.waitForFunction(() =>
      document.querySelector('.timeline__card')?.textContent?.includes('GET 200 · wasted: Empty'),
    );
    await page.mouse.move(box.x + (await xOf(4520)), box.y + SOCKET_LANE.top + 20);
    await page.waitForFunction(() =>
      document.querySelector('.timeline__card')?.textContent?.includes('Received · text'),
    );
    await page.mouse.move(box.x + (await xOf(10_000)), box.y + SOCKET_LANE.top + 20);
    await page.waitForFunction(() =>
      document.querySelector('.timeline__card')?.textContent?.includes('Connection lost'),
    );
  });
});

describe('a range', () => {
  it('is dragged along the time axis and narrows every figure, until it is given up', async () => {
    expect(await summary()).toContain('22 requests');
    await drag([await xOf(-100), 8], [await xOf(9500), 8]);
    await page.waitForSelector('.summary__range');
    expect(await summary()).toContain('11 requests');
    await page.locator('#tab-overview').click();
    expect(await textOf(page, 'tr[data-transport="polling"] [data-column="requests"]')).toBe('10');
    expect(await textOf(page, 'tr[data-transport="websocket"] [data-column="messages"]')).toBe('3');
    await page.locator('.summary__range').click();
    await page.waitForSelector('.summary__range', { hidden: true });
    expect(await summary()).toContain('22 requests');
  });

  it('is dragged over the lanes with Shift, and given up by a double click on the axis', async () => {
    await drag([await xOf(4800), 60], [await xOf(7200), 60], 'Shift');
    await page.waitForSelector('.summary__range');
    expect(await summary()).toContain('3 requests');
    const box = await canvasBox(page, CANVAS);
    await page.mouse.click(box.x + 400, box.y + 8, { count: 2 });
    await page.waitForSelector('.summary__range', { hidden: true });
  });

  it('is what is in view, for those who do not point', async () => {
    await page.focus('.timeline__scroller');
    for (const key of ['+', '+', '+', '+', '+'] as const) await page.keyboard.press(key);
    await page.locator('.timeline__controls button[title*="Narrow every view"]').click();
    await page.waitForSelector('.summary__range');
    expect(await summary()).not.toContain('22 requests');
  });

  it('that holds nothing says so, and how to get out', async () => {
    await page.focus('.timeline__scroller');
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');
    await page.locator('.timeline__controls button[title*="Narrow every view"]').click();
    await page.waitForSelector('[data-face="filtered"]');
    await page.locator('.nothing .button').click();
    await page.waitForSelector(CANVAS);
  });
});

describe('the table', () => {
  it('holds what the canvas shows, in words and in order', async () => {
    await page.locator('.timeline__controls button[title*="same as a table"]').click();
    await page.waitForSelector('.timeline__twin tbody tr');
    expect(await textOf(page, '.timeline__twin caption')).toContain('25 of 25 requests and messages');
    const rows = await textsOf(page, '.timeline__twin tbody tr');
    expect(rows).toHaveLength(25);
    expect(rows[0]).toMatch(/Polling.*GET 200Baseline \(the first\)40 ms/);
    expect(rows[1]).toMatch(/WebSocket.*Receivedtext/);
    expect(rows[2]).toMatch(/GET 200Useful/);
    expect(rows[3]).toMatch(/GET 200wasted: Empty/);
  });
});
