import axe from 'axe-core';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { channelAt, untilSession } from '../support/session.ts';

/** A poll a second for an event every ten seconds: nine of ten bring nothing. */
const PAGE = '/techniques/polling?interval=1000&kind=regular&rate=0.1';
/** The advice wants to have seen some twenty polls. */
const PATIENCE_MS = 60_000;

let server: TestServer;
let browser: Browser;
let page: Page;
let panel: Frame;

beforeAll(async () => {
  server = await createTestServer();
  browser = await startBrowser(EXTENSION);
  page = (await browser.pages())[0]!;
  panel = (await openPanel(page)).frame;
  await page.goto(server.url + PAGE);
  await page.locator('[data-do="start"]').click();
  await (await panel.waitForSelector('#tab-advice'))!.click();
  for (const said of [
    '[data-rule="switch-to-sse"]',
    '[data-rule="tune-interval"]',
    '[data-check="polling-faster-than-data"]',
  ])
    await panel.waitForSelector(said, { timeout: PATIENCE_MS });
  // From here on nothing changes but what is turned.
  await page.locator('[data-do="stop"]').click();
  await untilSession(panel, (s) => channelAt(s, '/poll')?.inFlight === 0);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const text = (selector: string): Promise<string> => panel.$eval(selector, (element) => element.textContent ?? '');
/** The number at the beginning of a text: "11,774 less" is 11774. */
const numberIn = async (selector: string): Promise<number> =>
  Number((await text(selector)).replaceAll(',', '').match(/-?[\d.]+/)?.[0]);

/** What a transport costs in the table: its main number, without the range. */
const figure = (metric: string, transport: string): Promise<number> =>
  panel.$eval(`[data-metric="${metric}"] td[data-transport="${transport}"]`, (cell) =>
    Number((cell.firstChild?.textContent ?? '').replaceAll(',', '').match(/[\d.]+/)?.[0]),
  );

/** What axe finds wrong in a part of the panel. */
async function violations(part: string): Promise<string[]> {
  await panel.evaluate(axe.source);
  return panel.evaluate(async (selector) => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(selector);
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, part);
}

describe('the advice', () => {
  beforeAll(async () => {
    await panel.locator('#tab-advice').click();
    await panel.waitForSelector('[data-rule="switch-to-sse"]');
  });

  it('tells a wasteful poller to be told instead, and what that saves', async () => {
    const rules = await panel.$$eval('.advice__channel [data-rule]', (cards) =>
      cards.map((card) => card.getAttribute('data-rule')),
    );
    expect(rules[0]).toBe('switch-to-sse');
    expect(rules).toContain('tune-interval');
    const requests = await numberIn('[data-rule="switch-to-sse"] [data-saving="requests"] td');
    // 3,600 polls an hour, less the opening of one stream in the third of a minute that was watched.
    expect(requests).toBeGreaterThan(3000);
    expect(requests).toBeLessThan(3650);
  });

  it('adds up what so many clients save', async () => {
    const anHour = await numberIn('[data-rule="switch-to-sse"] [data-saving="requests"] td');
    await panel.$eval('[name="clients-exactly"]', (input) => {
      (input as HTMLInputElement).value = '50000';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await panel.waitForFunction(() => document.querySelector('.saving thead')?.textContent?.includes('50,000'));
    const aSecond = await numberIn('[data-rule="switch-to-sse"] [data-saving="requests"] td:last-child');
    expect(aSecond / ((anHour * 50_000) / 3600)).toBeCloseTo(1, 2);
  });

  it('finds the polls too many, and says so by icon and word, with numbers', async () => {
    const card = '[data-check="polling-faster-than-data"]';
    expect(await panel.$(`${card} .severity svg`)).not.toBeNull();
    expect(await text(`${card} .severity`)).toBe('Warning');
    expect(await text(card)).toMatch(/\d+ of \d+ polls brought nothing new/);
  });

  it('opens and closes each card by key', async () => {
    const closed = '[data-rule="tune-interval"]';
    const summary = (await panel.$(`${closed} summary`))!;
    await summary.press('Enter');
    await panel.waitForSelector(`${closed}[open]`);
    await summary.press('Enter');
    await panel.waitForSelector(`${closed}:not([open])`);
  });

  it('has nothing that keeps anybody out', async () => {
    await panel.$$eval('.card', (cards) => {
      for (const card of cards) (card as HTMLDetailsElement).open = true;
    });
    expect(await violations('#view')).toEqual([]);
  });

  it('guides whoever has no traffic yet, by key', async () => {
    await (await panel.$('[data-guide]'))!.press('Enter');
    const answer = async (name: string, value: boolean) =>
      (await panel.waitForSelector(`[name="guide-${name}"][value="${value}"]`))!.press('Space');
    await answer('serverCanPush', true);
    await answer('instant', true);
    await answer('pathOpen', true);
    await answer('bothTalk', false);
    await answer('binary', false);
    await panel.waitForSelector('.guide__answer[data-transport="sse"]');
    expect(await violations('dialog')).toEqual([]);
    await answer('bothTalk', true);
    await panel.waitForSelector('.guide__answer[data-transport="websocket"]');
    await answer('serverCanPush', false);
    await panel.waitForSelector('.guide__answer[data-transport="polling"]');
    await (await panel.$('[name="guide-serverCanPush"]'))!.press('Escape');
    await panel.waitForFunction(() => document.querySelector('dialog') === null);
  });
});

describe('what if', () => {
  beforeAll(async () => {
    await panel.locator('#tab-overview').click();
    await (await panel.waitForSelector('#tab-what-if'))!.click();
    await panel.waitForSelector('.outcomes');
  });

  it('shows the same events over every transport, beside what was measured', async () => {
    const measured = await panel.$eval('[data-metric="requestsPerHour"] td', (cell) =>
      Number(cell.textContent?.replaceAll(',', '')),
    );
    expect((await figure('requestsPerHour', 'polling')) / measured).toBeCloseTo(1, 1);
    expect(await figure('requestsPerHour', 'sse')).toBeLessThan(measured / 10);
    expect(await figure('meanLatencyMs', 'websocket')).toBeLessThan(await figure('meanLatencyMs', 'polling'));
  });

  it('asks less often as its slider is moved by key, and waits the longer; the streams stay as they are', async () => {
    const before = await figure('requestsPerHour', 'polling');
    const stream = await figure('requestsPerHour', 'sse');
    await (await panel.$('[name="period"]'))!.press('End');
    await panel.waitForFunction(
      (old) =>
        Number(
          document
            .querySelector('[data-metric="requestsPerHour"] td[data-transport="polling"]')
            ?.firstChild?.textContent?.replaceAll(',', ''),
        ) < old,
      {},
      before,
    );
    // Within what the last polls, told meanwhile, may change.
    expect((await figure('requestsPerHour', 'sse')) / stream).toBeCloseTo(1, 1);
    expect(await panel.$eval('[name="period"]', (slider) => slider.getAttribute('aria-valuetext'))).toBe('600 s');
    // By key: the figures above may push it down at any moment.
    await (await panel.$('.controls .button'))!.press('Enter');
    // As it was, but for the last polls, which may have been told meanwhile.
    await panel.waitForFunction(
      (old) =>
        Math.abs(
          Number(
            document
              .querySelector('[data-metric="requestsPerHour"] td[data-transport="polling"]')
              ?.firstChild?.textContent?.replaceAll(',', ''),
          ) /
            old -
            1,
        ) < 0.05,
      {},
      before,
    );
  });

  it('holds a connection for each client of a stream', async () => {
    await (await panel.$('[name="clients"]'))!.press('End');
    await panel.waitForFunction(
      () =>
        document.querySelector('[data-metric="serverConnectionsHeld"] td[data-transport="sse"]')?.firstChild
          ?.textContent === '1,000,000',
    );
  });

  it('tells each curve in a table too', async () => {
    await panel.waitForSelector('[data-curve="requestsPerHour"] canvas');
    await (await panel.$('[data-curve="requestsPerHour"] .chart__button'))!.press('Enter');
    await panel.waitForSelector('[data-curve="requestsPerHour"] tbody tr');
    const polls = await panel.$$eval('[data-curve="requestsPerHour"] tbody tr td:nth-child(2)', (cells) =>
      cells.map((cell) => Number(cell.textContent?.replaceAll(',', ''))),
    );
    expect(polls.length).toBeGreaterThan(3);
    expect(polls).toEqual(polls.toSorted((a, b) => b - a));
  });

  it('lists what it assumes', async () => {
    expect(await text('.assumptions')).toContain('Round trip');
  });

  it('has nothing that keeps anybody out', async () => {
    expect(await violations('#view')).toEqual([]);
  });
});
