import type { FixtureServer } from '../support/fixture-server.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Lane, usedBytes } from './lanes.ts';

const BODY_BYTES = 200e6;

/** Bytes of the page's memory with a body of 200 MB in it, beyond those without. */
export async function heldBytes(lane: Lane): Promise<number> {
  const { page } = lane;
  await page.bringToFront();
  const before = await usedBytes(lane);
  await page.evaluate(async (max) => {
    const body = await (await fetch(`/flood?key=held&max=${max}`)).arrayBuffer();
    Object.assign(window, { body });
  }, BODY_BYTES);
  const held = (await usedBytes(lane)) - before;
  await page.evaluate(() => Object.assign(window, { body: null }));
  return held;
}

/** Bytes the server sends after the page, which had read once and then nothing, cancels; null when it goes on sending. */
export async function bytesAfterCancel({ way, page }: Lane, server: FixtureServer): Promise<number | null> {
  await page.bringToFront();
  await page.evaluate(async (key) => {
    const reader = (await fetch(`/flood?key=${key}`)).body!.getReader();
    await reader.read();
    Object.assign(window, { reader });
  }, way);
  const flood = () => server.floods.get(way)!;
  const before = await stalled(() => flood().sent);
  await page.evaluate(() => (window as unknown as { reader: ReadableStreamDefaultReader }).reader.cancel());
  const let_go = await waitFor(() => flood().closed, 5000).catch(() => false);
  return let_go ? flood().sent - before : null;
}

const QUIET_MS = 500;

/** The value once it has not changed for a while. */
async function stalled(read: () => number): Promise<number> {
  let value = -1;
  let since = 0;
  return waitFor(() => {
    if (read() !== value) {
      value = read();
      since = performance.now();
    }
    return performance.now() - since > QUIET_MS && value;
  }, 30_000);
}
