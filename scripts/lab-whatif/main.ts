import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findOrInstallBrowser } from '../../src/cli/browser/install.ts';
import { launchBrowser } from '../../src/cli/browser/launch.ts';
import { buildExtension } from '../build-extension.ts';
import { TECHNIQUES } from '../demo/race.ts';
import { DOWNLOADS, EXTENSION } from '../paths.ts';
import { playLab } from './play.ts';
import { report } from './report.ts';
import { type LabScenario, SCENARIOS } from './scenarios.ts';

/*
 * npm run lab:whatif [-- --only TEXT] [--jobs 1] [--out FOLDER]
 * Plays every scenario over four transports in a browser with the built extension, predicts from one channel what the others
 * cost, and holds that against what the server's sockets carried: eleven minutes. Exit code 1 when a line misses.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    /** So many scenarios at a time; each that is not alone has to wait for the others' turns. */
    jobs: { type: 'string', default: '1' },
    /** Keeps what was played, to be looked at. */
    out: { type: 'string' },
  },
});

buildExtension();
const executablePath = findOrInstallBrowser(DOWNLOADS, console.log);
const waiting = SCENARIOS.filter(({ name }) => name.includes(values.only));
const lines: { scenario: LabScenario; ok: boolean; text: string }[] = [];

async function work(): Promise<void> {
  for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
    const browser = await launchBrowser({ executablePath, extension: EXTENSION, headless: true });
    try {
      const played = await playLab(browser, scenario);
      if (values.out !== undefined) {
        mkdirSync(values.out, { recursive: true });
        const name = scenario.name.replace(/[^a-z0-9]+/g, '-');
        writeFileSync(`${values.out}/${name}.json`, JSON.stringify({ scenario, ...played }));
      }
      lines.push({ scenario, ...report(scenario, played) });
    } finally {
      await browser.close();
    }
  }
}
await Promise.all(Array.from({ length: Math.min(Number(values.jobs), waiting.length) }, work));

const inOrder = lines.toSorted((a, b) => SCENARIOS.indexOf(a.scenario) - SCENARIOS.indexOf(b.scenario));
console.log(
  `predicted / measured, ✗ where further off than 5 % (requests, bytes), 10 % or 5 ms (mean latency), 1 (coalesced, lost);`,
);
console.log(`every scenario plays the same events over ${TECHNIQUES.join(', ')}.\n`);
for (const { text } of inOrder) console.log(text);
const missed = inOrder.filter(({ ok }) => !ok);
console.log(missed.length === 0 ? 'All met.' : `Missed in ${missed.length} of ${inOrder.length} scenarios.`);
process.exit(missed.length === 0 ? 0 : 1);
