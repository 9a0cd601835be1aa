import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { PageEvent } from '../../src/protocol.ts';
import { startBrowser } from './browser.ts';
import { EXTENSION } from './built-extension.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { type Listening, type RecordedDocument, type Recording, startRecording } from './recording.ts';
import { waitFor } from './wait-for.ts';

/** One of the two browsers, with a server of its own so that neither sees the other's traffic. */
export interface Side {
  name: 'plain' | 'hooked';
  browser: Browser;
  server: FixtureServer;
  page: Page;
}

export interface Compared<R> {
  /** Equal in both browsers; the server's port reads `PORT`. */
  result: R;
  /** What the hooks of the page's main frame reported meanwhile. */
  events: PageEvent[];
  /** The same for every document of the tab. */
  documents: RecordedDocument[];
}

/** A browser with the built extension, its hooks live, beside one without it. Both end with the test file. */
export function useSideBySide(args: string[] = [], listening: Listening = {}) {
  const sides: Omit<Side, 'page'>[] = [];
  let recording: Recording;
  let pages = 0;

  beforeAll(async () => {
    const start = async (name: Side['name']) =>
      sides.push({
        name,
        browser: await startBrowser(name === 'hooked' ? EXTENSION : null, args),
        server: await startFixtureServer(),
      });
    await Promise.all([start('plain'), start('hooked')]);
    recording = await startRecording(sides.find(({ name }) => name === 'hooked')!.browser, listening);
  });
  afterAll(async () => {
    await Promise.all(sides.flatMap(({ browser, server }) => [browser.close(), server.close()]));
  });

  /**
   * Runs `drive` on a fresh page of each browser. Results and console must be equal: the plain browser is the oracle.
   * The hooked page must have had live hooks, or the comparison would be vacuous.
   */
  async function compareRuns<R>(drive: (side: Side) => Promise<R>): Promise<Compared<R>> {
    const marker = `page=${++pages}`;
    const runs = await Promise.all(
      sides.map(async (side) => {
        side.server.requests.length = 0;
        const page = await side.browser.newPage();
        try {
          const said: string[] = [];
          page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
          page.on('pageerror', (error) => said.push(`uncaught: ${(error as Error)?.message ?? error}`));
          await page.goto(`${side.server.url}/html?${marker}`);
          if (side.name === 'hooked') await waitFor(() => recording.hears(marker));
          const result = await drive({ ...side, page });
          // The driver looks an error up before it tells of it: an answer of the page comes after that.
          await page.evaluate(() => null);
          const documents = side.name === 'hooked' ? await recorded(page, marker) : [];
          return { name: side.name, documents, seen: portless({ result, console: said.sort() }, side.server.port) };
        } finally {
          await page.close();
        }
      }),
    );
    const hooked = runs.find(({ name }) => name === 'hooked')!;
    expect(hooked.seen).toEqual(runs.find(({ name }) => name === 'plain')!.seen);
    // The newest: word that an older one has gone may come later than everything else.
    const main = hooked.documents.findLast(({ frameId, gone }) => frameId === 0 && !gone);
    return { result: hooked.seen.result, events: main!.events.filter(notOurs), documents: hooked.documents };
  }

  /** Waits until everything the page's main frame emitted so far has arrived: a beacon of ours comes last. */
  async function recorded(page: Page, marker: string): Promise<RecordedDocument[]> {
    await page.evaluate((url) => navigator.sendBeacon(url), BARRIER);
    return waitFor(() => recording.documents(marker, BARRIER));
  }

  return {
    compareRuns,
    /** The same with a function that a script of the page runs; its result must be JSON. */
    compare: <A extends unknown[], R>(scenario: (...args: A) => R, ...given: A): Promise<Compared<Awaited<R>>> =>
      compareRuns(({ page }) => runInPage<A, R>(page, scenario, given)),
  };
}

/** As an inline script, not through the debugger: its unhandled rejections count. */
async function runInPage<A extends unknown[], R>(
  page: Page,
  scenario: (...args: A) => R,
  given: A,
): Promise<Awaited<R>> {
  await page.addScriptTag({ content: `var scenario = ${scenario};` });
  return page.evaluate((given) => {
    const { scenario } = globalThis as unknown as { scenario: (...args: A) => R };
    Object.assign(globalThis, { scenario: undefined });
    return scenario(...(given as A));
  }, given) as Promise<unknown> as Promise<Awaited<R>>;
}

const BARRIER = '/sink?barrier';
const notOurs = (event: PageEvent): boolean => !(event.kind === 'request' && event.url?.endsWith(BARRIER));

function portless<T>(value: T, port: number): T {
  return JSON.parse((JSON.stringify(value) ?? 'null').replaceAll(`:${port}`, ':PORT'));
}
