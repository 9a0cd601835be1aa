import type { Page } from 'puppeteer-core';

/** Bytes of JavaScript heap of the page's process that are still held after everything else was collected. */
export async function heldHeapBytes(page: Page): Promise<number> {
  const client = await page.createCDPSession();
  try {
    // What the first collection finalizes, the second frees.
    for (let i = 0; i < 2; i++) await client.send('HeapProfiler.collectGarbage');
    return (await client.send('Runtime.getHeapUsage')).usedSize;
  } finally {
    await client.detach();
  }
}
