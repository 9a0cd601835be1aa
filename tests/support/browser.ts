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
