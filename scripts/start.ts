import { findOrInstallBrowser } from '../src/cli/browser/install.ts';
import { launchBrowser } from '../src/cli/browser/launch.ts';
import { openPanel } from '../src/cli/browser/panel.ts';
import { startOnFreePort } from '../test-server/free-port.ts';
import { buildExtension } from './build-extension.ts';
import { parseDemoArguments, USAGE, UsageError } from './demo/arguments.ts';
import { runHeadless } from './demo/headless.ts';
import { DOWNLOADS, EXTENSION } from './paths.ts';

/** How long the race runs that a person watches; the page can start another. */
const RACE_SECONDS = 300;

/** Undone in reverse order, however the program ends. */
const cleanups: (() => Promise<unknown>)[] = [];
let ending = false;

async function end(code: number): Promise<never> {
  if (!ending) {
    ending = true;
    for (const cleanup of cleanups.reverse()) await cleanup().catch(() => {});
  }
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(130));

try {
  const options = parseDemoArguments(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const headless = options.headless || !hasDisplay;
  if (headless && !options.headless) console.log('No display found: running headless.');

  const executablePath = findOrInstallBrowser(DOWNLOADS, console.log);
  buildExtension();
  const server = await startOnFreePort({ port: options.port });
  cleanups.push(() => server.close());
  console.log(`Test server: ${server.url}/`);
  const { profile } = options;
  const browser = await launchBrowser({
    executablePath,
    extension: EXTENSION,
    headless,
    ...(profile === undefined ? {} : { profile }),
  });
  cleanups.push(() => browser.close());

  if (headless) {
    const recognised = await runHeadless(browser, server, options.seconds, options.out);
    await end(recognised ? 0 : 1);
  }
  const page = (await browser.pages())[0]!;
  await openPanel(page);
  await page.goto(`${server.url}/race?seconds=${RACE_SECONDS}`);
  console.log('The panel "Transport Lens" is open. Close the browser or press Ctrl+C to end.');
  browser.on('disconnected', () => end(0));
} catch (error) {
  if (!ending) console.error((error as Error).message + (error instanceof UsageError ? `\n${USAGE}` : ''));
  await end(error instanceof UsageError ? 2 : 1);
}
