import type { Browser, Page } from 'puppeteer-core';
import { type OpenPanel, openPanel } from '../../src/cli/browser/panel.ts';
import type { Session } from '../../src/core/session/format.ts';
import type { ChannelReport } from '../../src/core/session/report.ts';
import type { TestServer } from '../../test-server/server.ts';
import type { Truth } from '../../test-server/truth.ts';

/** The techniques that the race plays side by side, named as the panel names transports. */
export const TECHNIQUES = ['polling', 'long-polling', 'sse', 'websocket'] as const;
export type Raced = (typeof TECHNIQUES)[number];

/** When an event reached the page, by the page's own clock: independent of the extension. */
export interface Delivery {
  technique: Raced;
  id: string;
  delayMs: number;
}

export interface RaceResult {
  session: Session;
  truth: Truth;
  deliveries: Delivery[];
  panel: OpenPanel;
}

/** Besides its length a race takes this to start, end and be reported, on a busy machine. */
const SPARE_MS = 60_000;

/** Opens the panel, lets a page receive the same events in four ways, and returns what the panel and the server's sockets say of it. */
export async function race(browser: Browser, server: TestServer, seconds: number, query = ''): Promise<RaceResult> {
  const page = (await browser.pages())[0]!;
  const panel = await openPanel(page);
  await page.goto(`${server.url}/race?seconds=${seconds}${query}`);
  await page.waitForFunction(() => document.body.dataset.state === 'done', { timeout: seconds * 1000 + SPARE_MS });
  const truth = server.truth(await runOf(page));
  const session = await settledSession(panel, truth);
  return { session, truth, deliveries: await deliveriesOf(page), panel };
}

const deliveriesOf = (page: Page): Promise<Delivery[]> =>
  page.evaluate(() => performance.getEntriesByName('delivery').map((mark) => (mark as PerformanceMark).detail));

const runOf = (page: Page): Promise<string> => page.evaluate(() => document.body.dataset.run ?? '');

export const channelOf = (session: Session, technique: Raced): ChannelReport | undefined =>
  session.channels.find(({ transport }) => transport === technique);

const PANEL_PATIENCE_MS = 15_000;

/** The session, once the network log has caught up: every response that the server completed is reported and judged. */
async function settledSession({ frame }: OpenPanel, truth: Truth): Promise<Session> {
  const read = async () => (await frame.evaluate('transportLensSession()')) as Session;
  const completed = truth.techniques.polling.completedResponses + truth.techniques['long-polling'].completedResponses;
  const deadline = Date.now() + PANEL_PATIENCE_MS;
  for (;;) {
    const session = await read();
    const judged = session.channels.reduce((sum, c) => sum + c.baseline + c.useful + c.wastedTotal + c.errors, 0);
    // The network log never tells the head of a request that the page broke off.
    const told = session.channels.every(
      ({ reported, aborted, inFlight }) => inFlight === 0 && reported.exchanges >= reported.of - aborted,
    );
    if ((judged >= completed && told) || Date.now() > deadline) return session;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
