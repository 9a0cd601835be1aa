import type { Browser, CDPSession, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { PageEvent } from '../../src/protocol.ts';
import { sharedBrowser } from './browser.ts';
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

/** A browser with the built extension, its hooks live, beside one without it. */
export function useSideBySide(listening: Listening = {}) {
  const sides: Omit<Side, 'page'>[] = [];
  let recording: Recording;
  let pages = 0;

  beforeAll(async () => {
    const start = async (name: Side['name']) => {
      const [browser, server] = await Promise.all([
        sharedBrowser(name === 'hooked' ? EXTENSION : null),
        startFixtureServer(),
      ]);
      sides.push({ name, browser, server });
    };
    await Promise.all([start('plain'), start('hooked')]);
    recording = await startRecording(sides.find(({ name }) => name === 'hooked')!.browser, listening);
  });
  afterAll(async () => {
    await recording?.close();
    await Promise.all(sides.map(({ server }) => server.close()));
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
          const documents = side.name === 'hooked' ? await recorded({ ...side, page }, marker) : [];
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
    return { result: hooked.seen.result, events: main!.events, documents: hooked.documents };
  }

  /**
   * Waits until everything that the page's frames emitted so far has arrived: a beacon of ours comes last, one from each process,
   * as processes overtake one another.
   */
  async function recorded({ server, page }: Omit<Side, 'name'>, marker: string): Promise<RecordedDocument[]> {
    const own = page
      .frames()
      .filter((frame) => frame === page.mainFrame() || clientOf(frame) !== clientOf(page.mainFrame()));
    for (const frame of own) await frame.evaluate((url) => navigator.sendBeacon(url), server.url + BARRIER);
    const documents = await waitFor(() => recording.documents(marker, BARRIER, own.length));
    return documents.map((document) => ({ ...document, events: document.events.filter(notOurs) }));
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
/** Frames of another process have a connection of their own to the driver. */
const clientOf = (frame: Frame): unknown => (frame as unknown as { client: CDPSession }).client;
const notOurs = (event: PageEvent): boolean => !(event.kind === 'request' && event.url?.endsWith(BARRIER));

function portless<T>(value: T, port: number): T {
  return JSON.parse((JSON.stringify(value) ?? 'null').replaceAll(`:${port}`, ':PORT'));
}
