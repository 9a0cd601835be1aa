import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../test-server/diagrams.ts';
import { lessonHref } from '../../test-server/lessons.ts';
import { waitFor } from '../support/wait-for.ts';
import { useBrowserAndServer } from './setup-page.ts';

const context = useBrowserAndServer();

/** Opens a page of the server and collects what goes wrong on it. */
async function open(path: string): Promise<{ page: Page; problems: string[] }> {
  const page = await context.openPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(request.url());
  });
  await page.goto(context.server.url + path);
  return { page, problems };
}

test('the race: what the lanes show is what the sockets carried', { timeout: 20_000 }, async () => {
  const { page, problems } = await open('/race?seconds=2&seed=3&rate=8&interval=200&timeout=600&lang=en');
  await page.waitForFunction(() => document.body.dataset.state === 'done', { timeout: 15_000 });
  const run = await page.evaluate(() => document.body.dataset.run!);
  const lanes = await page.$$eval('.lane', (lanes) =>
    lanes.map((lane) => [...lane.querySelectorAll('b')].map((number) => number.textContent!)),
  );
  const { techniques, events } = context.server.truth(run);
  const { polling, 'long-polling': longPolling, sse, websocket } = techniques;
  expect(events.length).toBeGreaterThan(4);
  expect(lanes.map((numbers) => Number(numbers[0]))).toEqual([polling.requests, longPolling.requests, 1, 1]);
  // Polls that overlap on a slow machine bring an event twice; the lane shows it once.
  const names = ['polling', 'long-polling', 'sse', 'websocket'] as const;
  const delivered = names.map((name) => String(events.filter(({ written }) => written[name] !== null).length));
  expect(lanes.map((numbers) => numbers.at(-2))).toEqual(delivered);
  expect([sse.messages, websocket.messages]).toEqual([events.length, events.length]);
  expect(context.server.truth(run).exchanges.map(({ technique }) => technique)).not.toContain('request');
  expect(problems).toEqual([]);
  await page.close();
});

test('the race starts from the keyboard, with the values of its sliders', async () => {
  const { page } = await open('/race?lang=en');
  expect(await page.evaluate(() => document.body.dataset.state)).toBe('idle');
  await page.focus('[data-for="rate"]');
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
  const rate = await page.$eval('#rate', (box) => (box as HTMLInputElement).value);
  expect(Number(rate)).toBeGreaterThan(1);
  await page.focus('#seconds');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.waitForFunction(() => document.body.dataset.state === 'running');
  const run = await page.evaluate(() => document.body.dataset.run!);
  expect(context.server.truth(run).scenario.ratePerSecond).toBe(Number(rate));
  await page.close();
});

test('in a chat the page speaks, too, each lane by its own way up', { timeout: 15_000 }, async () => {
  const { page } = await open('/race?seconds=2&rate=8&kind=chat');
  await page.waitForFunction(() => document.body.dataset.state === 'done', { timeout: 10_000 });
  const run = await page.evaluate(() => document.body.dataset.run!);
  const { request, websocket } = context.server.truth(run).techniques;
  expect(request.requests).toBeGreaterThan(0);
  expect(websocket.messagesSent).toBeGreaterThan(0);
  await page.close();
});

describe.each(['en', 'ko'])('in %s', (lang) => {
  test('every page has its language, a heading, named controls and no dead links', async () => {
    const { page, problems } = await open('/');
    const paths = ['/', '/race', '/lab', ...LESSONS.map(lessonHref)];
    for (const path of paths) {
      await page.goto(`${context.server.url}${path}?lang=${lang}`);
      const found = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        headings: document.querySelectorAll('h1').length,
        leftovers: document.body.innerHTML.includes('{{') || document.body.innerHTML.includes('undefined'),
        unnamed: [...document.querySelectorAll('input, select, button')].filter(
          (control) => !(control as HTMLInputElement).labels?.length && !control.ariaLabel && !control.textContent,
        ).length,
        hasKorean: /[가-힣]{4}/.test(document.querySelector('main')!.innerText),
      }));
      expect({ path, ...found }).toEqual({
        path,
        lang,
        headings: 1,
        leftovers: false,
        unnamed: 0,
        hasKorean: lang === 'ko',
      });
      const links = await page.$$eval('main a, header a', (links) =>
        links.map((link) => (link as HTMLAnchorElement).href),
      );
      for (const link of new Set(links.filter((link) => link.startsWith(context.server.url)))) {
        expect(await fetch(link, { method: 'HEAD' }).then(({ status }) => status)).toBe(200);
      }
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});

test.each(LESSONS.filter((lesson) => !['postback', 'ajax', 'beacon'].includes(lesson)))(
  'the page about %s shows events as they arrive, and stops',
  async (lesson) => {
    const { page, problems } = await open(`/techniques/${lesson}?rate=20&interval=100`);
    await page.locator('[data-do="start"]').click();
    await page.waitForSelector('#log .news');
    const run = await page.evaluate(() => document.body.dataset.run!);
    await page.locator('[data-do="stop"]').click();
    await page.waitForFunction(() => document.body.dataset.state === 'idle');
    const technique = lesson as 'polling';
    await waitFor(() => context.server.truth(run).techniques[technique].open === 0);
    expect(context.server.truth(run).techniques[technique].messages).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await page.close();
  },
);

test('AJAX and beacons go out on a click; a postback brings a new page with the news in it', async () => {
  const { page } = await open('/techniques/ajax?rate=50');
  const runOfPage = () => page.evaluate(() => document.body.dataset.run!);
  await waitFor(async () => context.server.truth(await runOfPage()).events.length > 0);
  await page.locator('[data-do="ask"]').click();
  await page.waitForSelector('#log .news');
  await page.goto(`${context.server.url}/techniques/beacon`);
  const beaconRun = await runOfPage();
  await page.locator('[data-do="report"]').click();
  await waitFor(() => context.server.truth(beaconRun).techniques.telemetry.requests === 1);
  await page.goto(`${context.server.url}/postback?kind=idle`);
  await page.type('#text', '<b>안녕</b>');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect(await page.$eval('.log', (log) => (log as HTMLElement).innerText)).toContain('<b>안녕</b>');
  await page.close();
});
