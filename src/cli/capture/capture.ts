import { pathToFileURL } from 'node:url';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { checkSession } from '../../core/session/parse.ts';
import { fromSession } from '../../core/session/read.ts';
import type { Log } from '../../core/state.ts';
import { launchBrowser } from '../browser/launch.ts';
import { type OpenPanel, openPanel } from '../browser/panel.ts';
import { CliError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { watchHandshakes } from './handshakes.ts';
import { pullSession } from './pull.ts';

export interface CaptureOptions {
  url: string;
  seconds: number;
  /** A CSS selector: the seconds begin once something matches it. */
  waitFor: string | undefined;
  /** Path of a module whose default export gets the page, to click and type in it. */
  script: string | undefined;
  /** Certificates are not checked. */
  insecure: boolean;
}

/** What a capture runs with. */
export interface CaptureTools {
  executablePath: string;
  /** Folder of the built extension. */
  extension: string;
  progress: Progress;
  /** Ends the capture at once. */
  signal: AbortSignal;
}

/** Several pages at once, or DevTools in front: without these timers would run on whole seconds, or not at all. */
const VISIBLE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
];
const LOAD_MS = 30_000;
const SETTLE_MS = 20_000;

/**
 * Opens a page in a headless browser with the extension, records it for so many seconds, and returns what was recorded.
 * @throws CliError, one sentence, when the page cannot be reached or the browser goes away
 */
export async function capture(options: CaptureOptions, tools: CaptureTools): Promise<Log> {
  const { executablePath, extension, progress, signal } = tools;
  const script = options.script === undefined ? null : await loadScript(options.script);
  progress.say('Starting the browser …');
  const args = [...VISIBLE, ...(options.insecure ? ['--ignore-certificate-errors'] : [])];
  const browser = await launchBrowser({ executablePath, extension, headless: true, args });
  try {
    return await Promise.race([record(browser, options, script, progress), endOf(browser, signal)]);
  } catch (error) {
    throw GONE.test((error as Error).message) ? new CliError(VANISHED) : error;
  } finally {
    await browser.close().catch(() => {});
    progress.clear();
  }
}

const VANISHED = 'The browser or its page went away before the recording ended.';
/** What Puppeteer says of it. */
const GONE = /Target closed|Session closed|Connection closed|detached/i;

/** Rejects when there is nothing left to record with. */
function endOf(browser: Browser, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    browser.once('disconnected', () => reject(new CliError(VANISHED)));
    signal.addEventListener('abort', () => reject(new CliError('Interrupted.')), { once: true });
    if (signal.aborted) reject(new CliError('Interrupted.'));
  });
}

async function record(
  browser: Browser,
  options: CaptureOptions,
  script: Script | null,
  progress: Progress,
): Promise<Log> {
  const page = (await browser.pages())[0]!;
  const crashed = new Promise<never>((_, reject) =>
    page.once('error', () => reject(new CliError('The page crashed.'))),
  );
  const { frame } = await openPanel(page);
  const cdp = await page.createCDPSession();
  // Beside DevTools the page would count as hidden.
  await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  const handshakes = await watchHandshakes(page);
  return Promise.race([play(), crashed]);

  async function play(): Promise<Log> {
    progress.say(`Opening ${options.url} …`);
    await load(page, options.url);
    // Another page from here on is part of what was asked for.
    await frame.evaluate('transportLensRecorder.preserveLog = true');
    if (options.waitFor !== undefined) await waitFor(page, options.waitFor);
    await Promise.all([pass(options.seconds, frame, progress), script && run(script, options.script!, page)]);
    await frame.evaluate('transportLensRecorder.record(false)');
    const endedAt = Date.now();
    progress.say('Waiting for what the network log has still to tell …');
    await frame.waitForFunction('transportLensRecorder.settled', { timeout: SETTLE_MS });
    for (const entry of handshakes.open(endedAt)) await frame.evaluate(`transportLensEntry(${JSON.stringify(entry)})`);
    return fromSession(checkSession(JSON.parse(await pullSession(frame))));
  }
}

/** A page with a frame that never ends never loads either: its own document is enough. */
async function load(page: Page, url: string): Promise<void> {
  const response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: LOAD_MS }).catch((error: Error) => {
    const reason = /net::\w+/.exec(error.message)?.[0] ?? error.message.split('\n', 1)[0];
    throw new CliError(`${url} cannot be opened: ${reason}.`);
  });
  const status = response?.status() ?? 200;
  if (status >= 400) throw new CliError(`${url} cannot be opened: the server answered ${status}.`);
}

async function waitFor(page: Page, selector: string): Promise<void> {
  const isSelector = await page.evaluate((text) => {
    try {
      document.querySelector(text);
      return true;
    } catch {
      return false;
    }
  }, selector);
  if (!isSelector) throw new CliError(`"${selector}" is no CSS selector.`);
  await page.waitForSelector(selector, { timeout: LOAD_MS }).catch(() => {
    throw new CliError(`Nothing matched "${selector}" within ${LOAD_MS / 1000} s.`);
  });
}

type Script = (page: Page) => unknown;

/** The default export of a module. @throws CliError when there is none */
async function loadScript(path: string): Promise<Script> {
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    if (typeof module.default === 'function') return module.default as Script;
  } catch (error) {
    throw new CliError(`The script ${path} cannot be loaded: ${firstLine(error)}.`);
  }
  throw new CliError(`The script ${path} has no function as its default export.`);
}

async function run(script: Script, path: string, page: Page): Promise<void> {
  try {
    await script(page);
  } catch (error) {
    throw new CliError(`The script ${path} failed: ${firstLine(error)}.`);
  }
}

const firstLine = (error: unknown): string => String((error as Error)?.message ?? error).split('\n', 1)[0]!;

const REPORT_MS = 500;

/** Lets time pass and tells of it. */
async function pass(seconds: number, frame: OpenPanel['frame'], progress: Progress): Promise<void> {
  const until = performance.now() + seconds * 1000;
  for (let leftMs = seconds * 1000; leftMs > 0; leftMs = until - performance.now()) {
    const channels = await channelCount(frame);
    progress.say(`Recording ${Math.round(seconds - leftMs / 1000)} of ${seconds} s · ${channels} channels`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(REPORT_MS, until - performance.now())));
  }
}

const channelCount = (frame: Frame): Promise<number> =>
  frame.evaluate('transportLensRecorder.log.channels.length') as Promise<number>;
