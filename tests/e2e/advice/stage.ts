import type { Browser, Frame, Page } from 'puppeteer-core';
import { openPanel } from '../../../src/cli/browser/panel.ts';
import { factsOf } from '../../../src/core/facts/facts-of.ts';
import { fromSession } from '../../../src/core/session/read.ts';
import type { SessionFacts } from '../../../src/core/simulate/facts.ts';
import { createTestServer } from '../../../test-server/server.ts';
import { startBrowser } from '../../support/browser.ts';
import { EXTENSION } from '../../support/built-extension.ts';
import { bundle } from '../../support/bundle.ts';
import { sessionOf } from '../../support/session.ts';
import type { Part } from './parts.ts';
import { type SocketIoServer, startSocketIo } from './socket-io.ts';
import { WAYS } from './ways.ts';

export interface Stage {
  browser: Browser;
  page: Page;
  panel: Frame;
  /** The session's facts, as soon as they satisfy `holds`, or as they are when patience runs out. */
  facts(holds: (facts: SessionFacts) => boolean, patienceMs: number): Promise<SessionFacts>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 1000;
/** An empty document that every server has. */
const DOCUMENT = '/truth.schema.json';

/** Plays every part in a frame of its own, all at once, before the panel. Each has a server, so that no host's six connections are shared. */
export async function setStage(parts: Record<string, Part>): Promise<Stage> {
  const servers = await Promise.all(['page', ...Object.keys(parts)].map(() => createTestServer()));
  const ios = new Map<string, SocketIoServer>();
  for (const [name, { io }] of Object.entries(parts)) if (io !== undefined) ios.set(name, await startSocketIo(io));
  const library = ios.size === 0 ? '' : await bundle(`import { io } from 'socket.io-client'; window.io = io;`);
  const browser = await startBrowser(EXTENSION);
  const page = (await browser.pages())[0]!;
  const panel = (await openPanel(page)).frame;
  await page.goto(servers[0]!.url + DOCUMENT);
  const scenes = Object.entries(parts).map(([name, { run = {}, script }], i) => {
    const server = servers[i + 1]!;
    const io = ios.get(name);
    const own = (WAYS + script)
      .replaceAll('RUN', server.createRun(run))
      .replaceAll('ELSEWHERE', servers[0]!.url.replace('http', 'ws'))
      .replaceAll("'IO'", `'${io?.url}'`);
    const text = io === undefined ? own : library + own;
    return { url: `${server.url}${DOCUMENT}?${encodeURIComponent(name)}`, text };
  });
  await page.evaluate(
    openFrames,
    scenes.map(({ url }) => url),
  );
  await Promise.all(
    scenes.map(({ url, text }) =>
      page
        .frames()
        .find((frame) => frame.url() === url)!
        .evaluate(runInPage, text),
    ),
  );
  return {
    browser,
    page,
    panel,
    async facts(holds, patienceMs) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const facts = factsOf(fromSession(await sessionOf(panel)));
        if (holds(facts) || Date.now() > deadline) return facts;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    async close() {
      await browser.close();
      await Promise.all([...servers, ...ios.values()].map((server) => server.close()));
    },
  };
}

const openFrames = (urls: string[]): Promise<unknown> =>
  Promise.all(
    urls.map(
      (url) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.src = url;
          frame.onload = resolve;
          document.body.append(frame);
        }),
    ),
  );

function runInPage(text: string): void {
  const script = document.createElement('script');
  script.textContent = text;
  document.documentElement.append(script);
}
