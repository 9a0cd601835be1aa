import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../../src/cli/browser/launch.ts';
import { openPanel } from '../../src/cli/browser/panel.ts';
import type { Session } from '../../src/core/session/format.ts';
import { EXTENSION } from '../paths.ts';
import { CORPUS } from './paths.ts';

/** What the panel said of one case, and what the corpus counted meanwhile. */
export interface CaseResult {
  name: string;
  session: Session | null;
  truth: unknown;
  error: string | null;
}

export interface CorpusOptions {
  executablePath: string;
  /** Names of cases; null: all. */
  only: string[] | null;
  /** Cases at a time. */
  jobs: number;
  onCase?(result: CaseResult): void;
}

/** One case as the corpus' server offers it. */
interface Host {
  origin: string;
  def: { seconds?: number; drive?(page: unknown, seconds: number): Promise<void> };
  truth(full: boolean): unknown;
}

const ARGS = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
  '--ignore-certificate-errors',
];
const SECONDS = 20;
/** Timers of the pages tick on whole seconds: the end lies between two ticks, or what is under way would be a matter of luck. */
const BETWEEN_TICKS_MS = 400;
const SETTLE_MS = 20_000;

/** Plays the cases, so many at a time, each in a browser of its own. */
export async function runCorpus({ executablePath, only, jobs, onCase }: CorpusOptions): Promise<CaseResult[]> {
  const { serve } = await import(pathToFileURL(join(CORPUS, 'serve.mjs')).href);
  const server = await serve({ only, quiet: true });
  const hosts: [string, Host][] = [...server.hosts];
  const results: CaseResult[] = Object.entries(server.failed).map(([name, message]) => ({
    name,
    session: null,
    truth: null,
    error: `its server did not start: ${message}`,
  }));
  for (const result of results) onCase?.(result);
  const worker = async () => {
    for (let next = hosts.shift(); next !== undefined; next = hosts.shift()) {
      const result = await runCase(executablePath, ...next);
      results.push(result);
      onCase?.(result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  server.stop();
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function runCase(executablePath: string, name: string, host: Host): Promise<CaseResult> {
  let browser: Browser | null = null;
  try {
    browser = await launchBrowser({ executablePath, extension: EXTENSION, headless: true, args: ARGS });
    const { session, truth } = await play(browser, name, host);
    return { name, session, truth, error: null };
  } catch (error) {
    return { name, session: null, truth: null, error: (error as Error).message };
  } finally {
    await browser?.close();
  }
}

async function play(browser: Browser, name: string, host: Host) {
  const { origin, def } = host;
  const page = (await browser.pages())[0]!;
  const { frame } = await openPanel(page);
  // Beside DevTools the page would count as hidden, and its timers run on whole seconds.
  const cdp = await page.createCDPSession();
  await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  const loaded = new Promise((resolve) => page.once('domcontentloaded', resolve));
  // A page with a frame that never ends never loads either.
  page.goto(`${origin}/case/${name}/`, { timeout: 0 }).catch(() => {});
  await loaded;
  const seconds = def.seconds ?? SECONDS;
  const driven = def.drive?.(page, seconds).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000 + BETWEEN_TICKS_MS));
  await frame.evaluate('transportLensRecorder.record(false)');
  const truth = host.truth(true);
  await frame.waitForFunction('transportLensRecorder.settled', { timeout: SETTLE_MS });
  const session = (await frame.evaluate('transportLensSession({ raw: true })')) as Session;
  await driven;
  return { session, truth };
}
