import { describe, expect, test } from 'vitest';
import { agrees } from '../../test-server/lab/experiment.ts';
import { LAB } from '../../test-server/lab/index.ts';
import { createTestServer } from '../../test-server/server.ts';
import { useBrowserAndServer } from './setup-page.ts';

const context = useBrowserAndServer();
const LIMIT_MS = 30_000;

describe('published figures come out again', () => {
  for (const { id, source, run } of LAB) {
    if (run) {
      test.concurrent(`${id}: ${source}`, { timeout: LIMIT_MS }, async () => {
        const server = await createTestServer();
        const rows = await run(server);
        await server.close();
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.filter((row) => !agrees(row))).toEqual([]);
      });
    }
  }
});

test('an experiment runs with one click, and so does the one that needs a browser', { timeout: LIMIT_MS }, async () => {
  const page = await context.openPage();
  await page.goto(`${context.server.url}/lab?lang=en`);
  const verdicts = async (id: string): Promise<string[]> => {
    await page.locator(`[data-id="${id}"] button`).click();
    await page.waitForSelector(`[data-id="${id}"] td:last-child`);
    return page.$$eval(`[data-id="${id}"] td:last-child`, (cells) => cells.map((cell) => cell.textContent ?? ''));
  };
  expect(await verdicts('hpack')).toEqual(['✓ agrees', '✓ agrees', '✓ agrees']);
  expect(await verdicts('eventSource')).toEqual(['✓ agrees']);
  await page.close();
});
