import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from '../src/cli/browser/install.ts';
import { type LaunchOptions, launchBrowser } from '../src/cli/browser/launch.ts';
import type { OpenPanel } from '../src/cli/browser/panel.ts';
import { screenshotPanel } from '../src/cli/browser/screenshot.ts';
import { createTestServer } from '../test-server/server.ts';
import { buildExtension } from './build-extension.ts';
import { type Raced, race } from './demo/race.ts';
import { DOWNLOADS, EXTENSION, ROOT } from './paths.ts';

/*
 * npm run screenshots [-- NAME …]
 * The pictures in docs/: every view of the real panel after a race, in both themes, narrow, and in Korean.
 */
interface Shot {
  name: string;
  tab: 'overview' | 'timeline' | 'charts' | 'messages' | 'compare' | 'advice' | 'what-if';
  /** The channel that is selected; null: none. */
  select: Raced | null;
  /** Named when it is all there. */
  until: string;
  size?: [width: number, height: number];
}

const WIDE: [number, number] = [1280, 640];
const overview = (name: string, select: Raced): Shot => ({
  name,
  tab: 'overview',
  select,
  until: '[data-section="verdict"]',
});
const charts = (name: string): Shot => ({
  name,
  tab: 'charts',
  select: null,
  until: '.chart canvas',
  size: [1280, 900],
});
const advice = (name: string): Shot => ({ name, tab: 'advice', select: null, until: '[data-rule]', size: [1280, 900] });
const whatIf = (name: string): Shot => ({
  name,
  tab: 'what-if',
  select: 'polling',
  until: '.outcomes tbody tr',
  size: [1280, 900],
});
const messages = (name: string): Shot => ({ name, tab: 'messages', select: null, until: '.rows__body .row' });

const LOOKS: { options: Partial<LaunchOptions>; shots: Shot[] }[] = [
  {
    options: { language: 'en' },
    shots: [
      overview('panel', 'polling'),
      { name: 'panel-timeline', tab: 'timeline', select: null, until: '.timeline__canvas' },
      charts('panel-charts'),
      messages('panel-messages'),
      { name: 'panel-compare', tab: 'compare', select: null, until: '.compare__figures', size: [1280, 800] },
      advice('panel-advice'),
      whatIf('panel-what-if'),
      { name: 'panel-narrow', tab: 'overview', select: null, until: '.timeline__canvas', size: [420, 900] },
    ],
  },
  {
    options: { language: 'en', dark: true },
    shots: [overview('panel-dark', 'long-polling'), charts('panel-charts-dark'), messages('panel-messages-dark')],
  },
  {
    options: { language: 'ko' },
    shots: [overview('panel-ko', 'long-polling'), advice('panel-advice-ko'), whatIf('panel-what-if-ko')],
  },
];
const SECONDS = 25;
/** What would it have cost is worked out in a worker, a second or two a channel. */
const PATIENCE_MS = 60_000;

async function take(panel: OpenPanel, { name, tab, select, until, size: [width, height] = WIDE }: Shot): Promise<void> {
  const { frame } = panel;
  await frame.click('#tab-overview');
  if ((await frame.$('.detail')) !== null) await frame.click('.detail__head button');
  if (select !== null) await frame.click(`tr[data-transport="${select}"]`);
  await frame.click(`#tab-${tab}`);
  await frame.waitForSelector(until, { timeout: PATIENCE_MS });
  writeFileSync(join(ROOT, 'docs', `${name}.png`), await screenshotPanel(panel, width, height));
  console.log(`docs/${name}.png`);
}

const executablePath = findOrInstallBrowser(DOWNLOADS, console.log);
buildExtension();
const wanted = process.argv.slice(2);
for (const { options, shots } of LOOKS) {
  const chosen = wanted.length === 0 ? shots : shots.filter(({ name }) => wanted.includes(name));
  if (chosen.length === 0) continue;
  const server = await createTestServer();
  const browser = await launchBrowser({ executablePath, extension: EXTENSION, headless: true, ...options });
  try {
    const { panel } = await race(browser, server, SECONDS, '&timeout=3000');
    for (const shot of chosen) await take(panel, shot);
  } finally {
    await browser.close();
    await server.close();
  }
}
