import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { toSession } from '../../../src/core/session/write.ts';
import { createLog } from '../../../src/core/state.ts';
import { openViewer } from '../../support/viewer.ts';
import { createMadeUp } from './made-up.ts';
import { atMost, ms, type Table } from './table.ts';

const BYTES = 100_000_000;
const SOCKETS = 200;
const SLICE = 50_000;
const SPAN_MS = 300_000;

/** A saved session of 100 MB, opened in the viewer with its message list on screen. */
export async function measureSession(browser: Browser, table: Table): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'transport-lens-bench-'));
  try {
    const path = join(folder, 'large.json');
    const messages = writeSession(path);
    const viewer = await openViewer(browser);
    await viewer.evaluate('globalThis.__name = (f) => f');
    const chosen = viewer.evaluate(async () => {
      const input = document.querySelector('.toolbar__file')!;
      await new Promise((change) => input.addEventListener('change', change, { once: true, capture: true }));
      const begun = performance.now();
      const until = async (selector: string) => {
        while (document.querySelector(selector) === null) await new Promise(requestAnimationFrame);
        return performance.now();
      };
      const read = await until('[data-notice="opened"]');
      document.querySelector<HTMLElement>('#tab-messages')!.click();
      const shown = await until('.rows__body .row');
      return { openMs: read - begun, rowsMs: shown - read };
    });
    const input = await viewer.waitForSelector('.toolbar__file');
    await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
    const { openMs, rowsMs } = await chosen;
    const size = `${Math.round(statSync(path).size / 1e6)} MB, ${messages.toLocaleString('en')} messages`;
    table.tell(`opening a session (${size})`, ms(openMs), atMost(openMs, 3000));
    table.tell('the same: first rows of its messages after that', ms(rowsMs), atMost(rowsMs, 500));
    await viewer.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As many messages as it takes; returns how many. */
function writeSession(path: string): number {
  const log = createLog(Date.now() - SPAN_MS);
  const madeUp = createMadeUp(log, log.startedAt);
  madeUp.sockets(SOCKETS);
  madeUp.messages(SLICE, SOCKETS, 0.3);
  const sliceBytes = JSON.stringify(toSession(log, '0', { raw: true })).length;
  const messages = Math.ceil(BYTES / sliceBytes) * SLICE;
  madeUp.messages(messages - SLICE, SOCKETS, 0.3);
  writeFileSync(path, JSON.stringify(toSession(log, '0', { raw: true })));
  return messages;
}
