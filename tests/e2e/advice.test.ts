import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { advise } from '../../src/core/advise/rules.ts';
import { factsOf } from '../../src/core/facts/facts-of.ts';
import { type CheckId, checkHealth } from '../../src/core/health/checks.ts';
import { fromSession } from '../../src/core/session/read.ts';
import type { SessionFacts } from '../../src/core/simulate/facts.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { sessionOf } from '../support/session.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
let panel: Frame;

/** What each frame of the page does wrong, all at once; `RUN` is a run of its own, of these parameters. */
const FRAMES: Record<string, { run: Record<string, string | number>; script: string }> = {
  'polls-too-fast': {
    run: { kind: 'regular', rate: 0.2 },
    script: `setInterval(() => read('/poll?run=RUN&since=0'), 300)`,
  },
  'polls-twice': {
    run: { kind: 'regular', rate: 1 },
    script: `for (const part of [1, 2]) setInterval(() => read('/poll?run=RUN&since=0'), 700)`,
  },
  'closes-each-time': {
    run: { kind: 'regular', rate: 5 },
    script: `new EventSource('/sse?run=RUN&closeAfter=700&retry=300')`,
  },
  'retries-at-once': {
    run: { kind: 'idle', errorRate: 1 },
    script: `setInterval(() => read('/ajax?run=RUN'), 400)`,
  },
  'only-listens': {
    run: { kind: 'regular', rate: 4 },
    script: `new WebSocket(location.origin.replace('http', 'ws') + '/ws?run=RUN')`,
  },
  'polls-beside-its-stream': {
    run: { kind: 'regular', rate: 1 },
    script: `new EventSource('/sse?run=RUN'); setInterval(() => read('/poll?run=RUN&since=0'), 1000)`,
  },
  'behind-a-proxy': {
    run: { kind: 'regular', rate: 6, bufferFor: 1500 },
    script: `new EventSource('/sse?run=RUN')`,
  },
};

const READ = `const read = async (url) => (await fetch(url)).text();`;
const PATIENCE_MS = 25_000;

async function untilFacts(holds: (facts: SessionFacts) => boolean): Promise<SessionFacts> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const facts = factsOf(fromSession(await sessionOf(panel)));
    if (holds(facts) || Date.now() > deadline) return facts;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The frames in which each thing is wrong, by the name of the frame; each as often as it was found. */
function found(facts: SessionFacts, check: CheckId): string[] {
  const nameOf = (channelId: number) => {
    const key = facts.channels.find(({ id }) => id === channelId)!.documentKey;
    return facts.documents.find((document) => document.key === key)?.url.split('?', 2)[1] ?? 'unknown';
  };
  return checkHealth(facts).flatMap((finding) => (finding.check === check ? [nameOf(finding.channelIds[0]!)] : []));
}

beforeAll(async () => {
  server = await createTestServer();
  browser = await startBrowser(EXTENSION);
  page = (await browser.pages())[0]!;
  panel = (await openPanel(page)).frame;
  await page.goto(`${server.url}/truth.schema.json`);
  for (const [name, { run, script }] of Object.entries(FRAMES)) {
    const own = READ + script.replaceAll('RUN', server.createRun(run));
    await page.evaluate(
      (source, text) =>
        new Promise<void>((resolve) => {
          const frame = document.createElement('iframe');
          frame.src = source;
          frame.onload = () => {
            const element = frame.contentDocument!.createElement('script');
            element.textContent = text;
            frame.contentDocument!.documentElement.append(element);
            resolve();
          };
          document.body.append(frame);
        }),
      `/truth.schema.json?${name}`,
      own,
    );
  }
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('health, on a page that does everything wrong', () => {
  it.each<[CheckId, string]>([
    ['sse-closes-each-time', 'closes-each-time'],
    ['reconnect-storm', 'retries-at-once'],
    ['duplicate-pollers', 'polls-twice'],
    ['one-way-web-socket', 'only-listens'],
    ['polling-faster-than-data', 'polls-too-fast'],
    ['buffering-proxy', 'behind-a-proxy'],
    ['polling-beside-stream', 'polls-beside-its-stream'],
  ])('%s is found where it is, and nowhere else', async (check, frame) => {
    const facts = await untilFacts((so) => found(so, check).includes(frame));
    expect(found(facts, check)).toEqual([frame]);
  });
});

describe('advice, after ten seconds', () => {
  const adviceFor = (facts: SessionFacts, part: string) =>
    advise(facts).filter(({ channelId }) => facts.channels.find(({ id }) => id === channelId)!.url.includes(part));

  it('tells the WebSocket that only listens to be an event stream', async () => {
    const wanted = (facts: SessionFacts) =>
      adviceFor(facts, '/ws').find(({ rule }) => rule === 'sse-instead-of-one-way-websocket');
    const facts = await untilFacts((so) => wanted(so) !== undefined);
    expect(wanted(facts)).toMatchObject({ transport: 'sse', evidence: { sent: 0 } });
  });

  it('tells the hasty poller to slow down', async () => {
    const facts = await untilFacts((so) => adviceFor(so, '/poll').some(({ rule }) => rule === 'tune-interval'));
    const [hasty] = adviceFor(facts, '/poll').filter(({ rule }) => rule === 'tune-interval');
    expect(hasty?.saving.requestsPerHour.value).toBeGreaterThan(3000);
  });
});

describe('a page that nobody looks at', () => {
  it('is told to stop polling meanwhile', async () => {
    const other = await browser.newPage();
    await other.bringToFront();
    const facts = await untilFacts((so) => found(so, 'polling-while-hidden').includes('polls-too-fast'));
    expect(found(facts, 'polling-while-hidden')).toContain('polls-too-fast');
    expect(facts.documents.some(({ hidden }) => hidden.length > 0)).toBe(true);
    await other.close();
  });
});
