import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { screenshotPanel } from '../../src/cli/browser/screenshot.ts';
import type { TestServer } from '../../test-server/server.ts';
import { channelOf, race, TECHNIQUES } from './race.ts';
import { raceTable } from './table.ts';

/** Runs the race for so many seconds, prints the table, and writes the session and a picture of the panel to `out`. Returns whether all four were recognised. */
export async function runHeadless(
  browser: Browser,
  server: TestServer,
  seconds: number,
  out: string,
): Promise<boolean> {
  console.log(`The same events over four transports, for ${seconds} s …`);
  const result = await race(browser, server, seconds);
  console.log(raceTable(result));
  const { frame } = result.panel;
  await frame.click('tr[data-transport="polling"]').catch(() => {});
  const png = await screenshotPanel(result.panel, 1280, 720);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'session.json'), `${JSON.stringify(result.session, null, 2)}\n`);
  writeFileSync(join(out, 'panel.png'), png);
  console.log(`Written: ${join(out, 'session.json')}, ${join(out, 'panel.png')}`);
  return TECHNIQUES.every((technique) => channelOf(result.session, technique) !== undefined);
}
