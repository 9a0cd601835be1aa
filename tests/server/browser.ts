import { type Browser, launch } from 'puppeteer-core';

/** A headless Chromium for the server's tests. `CHROME_PATH` names another browser. */
export const launchBrowser = (): Promise<Browser> =>
  launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/lib/chromium/chromium',
    headless: true,
    pipe: true,
    acceptInsecureCerts: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking'],
  });
