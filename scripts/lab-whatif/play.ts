import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Frame } from 'puppeteer-core';
import { inDevTools } from '../../src/cli/browser/devtools-ui.ts';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { factsOf } from '../../src/core/facts/facts-of.ts';
import type { Session } from '../../src/core/session/format.ts';
import { fromSession } from '../../src/core/session/read.ts';
import type { SessionFacts } from '../../src/core/simulate/facts.ts';
import { createTestServer } from '../../test-server/server.ts';
import type { Truth } from '../../test-server/truth.ts';
import { TECHNIQUES } from '../demo/race.ts';
import type { LabRecord } from './clients.ts';
import type { LabScenario } from './scenarios.ts';

/** The last event comes so long before the clients leave that every poll has time to fetch it. */
const QUIET_END_S = 1.2;
/** A stream that broke is opened again after this, a long poll too. */
const RETRY_MS = 100;
const PATIENCE_MS = 10_000;

/** What really happened in a scenario, and what the extension recorded of it. */
export interface PlayedLab {
  facts: SessionFacts;
  truth: Truth;
  record: LabRecord;
}

const clients = build({
  entryPoints: [join(import.meta.dirname, 'clients.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  logLevel: 'error',
}).then(({ outputFiles }) => outputFiles[0]!.text);

/** Plays a scenario on a server of its own, in a tab of the browser with the panel open. */
export async function playLab(
  browser: Browser,
  { run: params, seconds, pollMs, holdMs, snapshot }: LabScenario,
): Promise<PlayedLab> {
  const server = await createTestServer();
  try {
    const page = (await browser.pages())[0]!;
    // A page without requests of its own, so that the round trip is measured on those of the run.
    await page.goto(`${server.url}/truth.schema.json`);
    const { devtools, frame } = await openPanel(page);
    // The extension records whatever is shown; its panel would draw, and take time from those that are measured.
    await inDevTools(devtools, `legacy.ViewManager.ViewManager.instance().showView('console')`);
    const startWhen = TECHNIQUES.join(',');
    const run = server.createRun({ ...params, seconds: seconds - QUIET_END_S, startWhen });
    await page.addScriptTag({ content: await clients });
    const config = { run, seconds, pollMs, holdMs, retryMs: RETRY_MS, snapshot };
    const record = (await page.evaluate(`playLab(${JSON.stringify(config)})`)) as LabRecord;
    const truth = server.truth(run);
    // As if somebody had looked at the moment in which the page left: what was told later was of earlier.
    return { facts: { ...(await settledFacts(frame)), now: record.leftAt }, truth, record };
  } finally {
    await server.close();
  }
}

/** The recording, once the network log has told the end of every request and the heads of every connection. */
async function settledFacts(frame: Frame): Promise<SessionFacts> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const session = (await frame.evaluate('transportLensSession({ raw: true })')) as Session;
    const facts = factsOf(fromSession(session));
    const isTold = facts.channels.every(
      ({ exchanges, connections }) =>
        exchanges.every(({ outcome, network }) => outcome !== 'pending' && (network !== null || outcome !== 'done')) &&
        connections.every(({ closedAt, requestHeaderBytes }) => closedAt !== null && requestHeaderBytes !== null),
    );
    if (isTold || Date.now() > deadline) return facts;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
