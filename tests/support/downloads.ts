import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { waitFor } from './wait-for.ts';

/** Where a browser puts the files that pages offer, from now on. */
export interface Downloads {
  /** The content of the one file that comes of `act`, and its name. Rejects when none comes. */
  of(act: () => Promise<unknown>): Promise<{ name: string; content: Buffer }>;
}

export async function catchDownloads(browser: Browser): Promise<Downloads> {
  const folder = mkdtempSync(join(tmpdir(), 'transport-lens-downloads-'));
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true });
  // The name is there before the content is.
  let completed = 0;
  session.on('Browser.downloadProgress', ({ state }) => {
    if (state === 'completed') completed++;
  });
  return {
    async of(act) {
      const before = completed;
      await act();
      await waitFor(() => completed > before);
      const name = readdirSync(folder)[0]!;
      const content = readFileSync(join(folder, name));
      // The next may have the same name.
      rmSync(join(folder, name));
      return { name, content };
    },
  };
}
