import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from '../src/cli/browser/install.ts';
import { type LaunchOptions, launchBrowser } from '../src/cli/browser/launch.ts';
import { screenshotPanel } from '../src/cli/browser/screenshot.ts';
import { createTestServer } from '../test-server/server.ts';
import { buildExtension } from './build-extension.ts';
import { race } from './demo/race.ts';
import { DOWNLOADS, EXTENSION, ROOT } from './paths.ts';

/** The pictures in docs/: the real panel after a race, in both themes, narrow, and in Korean. */
const SHOTS: { name: string; width: number; height: number; select: string | null; options: Partial<LaunchOptions> }[] =
  [
    { name: 'panel', width: 1280, height: 640, select: 'polling', options: { language: 'en' } },
    { name: 'panel-dark', width: 1280, height: 640, select: 'long-polling', options: { language: 'en', dark: true } },
    { name: 'panel-narrow', width: 420, height: 900, select: null, options: { language: 'en' } },
    { name: 'panel-ko', width: 1280, height: 640, select: 'long-polling', options: { language: 'ko' } },
  ];
const SECONDS = 25;

const executablePath = findOrInstallBrowser(DOWNLOADS, console.log);
buildExtension();
const wanted = process.argv.slice(2);
for (const { name, width, height, select, options } of SHOTS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const server = await createTestServer();
  const browser = await launchBrowser({ executablePath, extension: EXTENSION, headless: true, ...options });
  try {
    const { panel } = await race(browser, server, SECONDS, '&timeout=3000');
    if (select !== null) await panel.frame.click(`tr[data-transport="${select}"]`);
    writeFileSync(join(ROOT, 'docs', `${name}.png`), await screenshotPanel(panel, width, height));
    console.log(`docs/${name}.png`);
  } finally {
    await browser.close();
    await server.close();
  }
}
