import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where browsers that take unpacked extensions live, best first. Debian's wrapper in /usr/bin adds flags of its own, so the binary itself comes first. */
const LINUX = [
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/usr/bin/microsoft-edge',
  '/usr/bin/brave-browser',
];
const MAC = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Brave Browser.app/Contents/MacOS/Brave Browser',
].flatMap((app) => [join('/Applications', app), join(homedir(), 'Applications', app)]);
const WINDOWS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
].flatMap((path) =>
  [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((root) => root !== undefined)
    .map((root) => join(root, path)),
);

/** A browser asked for by name that is not there: never silently replaced by another. */
export class BrowserNotFoundError extends Error {}

/**
 * The path of a Chromium-based browser: CHROME_PATH, then an installed one, then one Playwright put under `downloads`.
 * Null when there is none. Throws BrowserNotFoundError when CHROME_PATH names no file.
 */
export function findBrowser(downloads: string, env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.CHROME_PATH) {
    if (existsSync(env.CHROME_PATH)) return env.CHROME_PATH;
    throw new BrowserNotFoundError(`CHROME_PATH is ${env.CHROME_PATH}, but there is no such file.`);
  }
  const places = { darwin: MAC, win32: WINDOWS }[process.platform as string] ?? LINUX;
  return [...places, ...playwrightBrowsers(downloads)].find((path) => existsSync(path)) ?? null;
}

/** Playwright's layout: chromium-1234/chrome-linux64/chrome, and likewise elsewhere. */
function playwrightBrowsers(downloads: string): string[] {
  if (!existsSync(downloads)) return [];
  const inside = {
    darwin: [
      'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
      'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    ],
    win32: ['chrome-win/chrome.exe', 'chrome-win64/chrome.exe'],
  }[process.platform as string] ?? ['chrome-linux64/chrome', 'chrome-linux/chrome'];
  return readdirSync(downloads)
    .filter((name) => /^chromium-\d+$/.test(name))
    .flatMap((name) => inside.map((path) => join(downloads, name, path)));
}
