import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../support/browser.ts';

/** A headless browser without the extension, which takes the test server's own certificate. */
export const launchBrowser = (): Promise<Browser> => startBrowser(null, ['--ignore-certificate-errors']);
