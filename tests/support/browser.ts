import type { Browser } from 'puppeteer-core';
import { DOWNLOADS } from '../../scripts/paths.ts';
import { findBrowser } from '../../src/cli/browser/find.ts';
import { launchBrowser } from '../../src/cli/browser/launch.ts';

/** A headless browser, with the unpacked extension in it or (null) as its maker ships it. No browser is a failure. */
export async function startBrowser(extension: string | null, args: string[] = []): Promise<Browser> {
  const executablePath = findBrowser(DOWNLOADS);
  if (executablePath === null) throw new Error('No Chromium was found: run `npm test`, which installs one.');
  return launchBrowser({ executablePath, extension, headless: true, args });
}

const shared = new Map<string | null, Promise<Browser>>();

/**
 * The browser that all files of a worker share, for those that leave it as they found it: starting one takes longer than many a
 * file. It ends with the worker; one that went away or never came is started anew.
 */
export async function sharedBrowser(extension: string | null): Promise<Browser> {
  const running = await shared.get(extension)?.catch(() => null);
  if (running?.connected) return running;
  const started = startBrowser(extension);
  shared.set(extension, started);
  return started;
}
