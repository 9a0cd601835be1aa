import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compareRuns, compare } = useSideBySide();

test('every document tells how it began, frames too', async () => {
  const { documents } = await compare(async () => {
    const frame = document.createElement('iframe');
    frame.src = '/html';
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
    });
    document.body.append(frame);
    await loaded;
    return document.visibilityState;
  });
  expect(documents.map(({ began }) => began)).toEqual(['visible', 'visible']);
});

test('a page that is hidden and shown again says so', async () => {
  const { result, events } = await compareRuns(async ({ page, browser }) => {
    const seen = await page.evaluateHandle(() => {
      const seen: string[] = [];
      document.addEventListener('visibilitychange', () => seen.push(document.visibilityState));
      return seen;
    });
    const other = await browser.newPage();
    await other.bringToFront();
    await page.waitForFunction((list) => list.length === 1, {}, seen);
    await page.bringToFront();
    await page.waitForFunction((list) => list.length === 2, {}, seen);
    await other.close();
    return seen.jsonValue();
  });
  expect(result).toEqual(['hidden', 'visible']);
  expect(events.flatMap((event) => (event.kind === 'visibility' ? [event.state] : []))).toEqual(result);
});
