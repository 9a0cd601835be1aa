import { spawnSync } from 'node:child_process';
import { findBrowser } from './find.ts';

/** Playwright's version whose Chromium is installed where Debian's cannot be. */
const PLAYWRIGHT = 'playwright@1.65.1';

export const LOAD_UNPACKED_STEPS = `To use a browser of your own instead:
  1. npm run build
  2. Open chrome://extensions, switch on "Developer mode", choose "Load unpacked", and take the folder dist/chrome.
  3. npm run server, open the address it prints, press F12 and choose the panel "Transport Lens".
Or name a Chromium-based browser: CHROME_PATH=/path/to/chrome npm start`;

/**
 * The browser to use: the one found, or one installed now (Debian's package as root, else Playwright's into `downloads`).
 * `say` tells what is being done. Rejects with what to do by hand when none can be had.
 */
export function findOrInstallBrowser(downloads: string, say: (line: string) => void): string {
  const found = findBrowser(downloads);
  if (found !== null) return found;
  for (const { title, run } of installers(downloads)) {
    say(`No Chromium found: installing ${title} …`);
    run();
    const installed = findBrowser(downloads);
    if (installed !== null) return installed;
  }
  throw new Error(`No Chromium-based browser was found, and none could be installed.\n${LOAD_UNPACKED_STEPS}`);
}

function installers(downloads: string): { title: string; run: () => void }[] {
  const debian = {
    title: "Debian's package chromium",
    run: () => {
      runQuietly('apt-get', ['update', '-qq']);
      runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
    },
  };
  const playwright = {
    title: "Playwright's Chromium",
    run: () =>
      runQuietly('npx', ['--yes', PLAYWRIGHT, 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium'], {
        PLAYWRIGHT_BROWSERS_PATH: downloads,
      }),
  };
  return isRoot() && runQuietly('apt-get', ['--version']) ? [debian, playwright] : [playwright];
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Whether it succeeded; what it prints goes to stderr only when it fails. */
function runQuietly(command: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const done = spawnSync(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0 && done.stderr) process.stderr.write(done.stderr);
  return done.status === 0;
}
