import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Side, useSideBySide } from '../support/side-by-side.ts';
import { waitFor } from '../support/wait-for.ts';

const { compareRuns } = useSideBySide();
const MB = 1e6;
/** What sockets and the browser buffer on the way differs by this much from run to run; a hook that drains takes all 256 MB. */
const BUFFERS = 24 * MB;

/** Bytes sent, once the server has found no taker for as long as `quietMs`. */
async function stalled({ server }: Side, key: string, quietMs = 400): Promise<number> {
  let sent = -1;
  let since = 0;
  return waitFor(() => {
    const flood = server.floods.get(key);
    if (flood === undefined || flood.sent !== sent) {
      sent = flood?.sent ?? -1;
      since = performance.now();
      return false;
    }
    return performance.now() - since > quietMs && sent;
  });
}

test.each(['reader.cancel', 'body.cancel', 'abort', 'break'] as const)(
  'after %s the server is let go at once and has sent no more than natively',
  async (how) => {
    const sent: Partial<Record<Side['name'], number>> = {};
    const { result } = await compareRuns(async (side) => {
      await side.page.evaluate(
        async (url, how) => {
          const abort = new AbortController();
          const response = await fetch(url, { signal: abort.signal });
          if (how === 'body.cancel') return response.body!.cancel();
          if (how === 'break') for await (const _ of response.body!) break;
          else {
            const reader = response.body!.getReader();
            await reader.read();
            if (how === 'abort') abort.abort();
            else await reader.cancel();
          }
        },
        `/flood?key=${how}`,
        how,
      );
      await waitFor(() => side.server.floods.get(how)?.closed);
      sent[side.name] = side.server.floods.get(how)!.sent;
      return side.server.floods.get(how)!.closed;
    });
    expect(result).toBe(true);
    expect(sent.hooked).toBeLessThan(sent.plain! + BUFFERS);
  },
);

test.each(['untouched', 'one read'] as const)('a page that leaves a body %s keeps native backpressure', async (how) => {
  const sent: Partial<Record<Side['name'], number>> = {};
  await compareRuns(async (side) => {
    await side.page.evaluate(
      async (url, how) => {
        const response = await fetch(url);
        const reader = how === 'one read' ? response.body!.getReader() : null;
        await reader?.read();
        Object.assign(window, { kept: [response, reader] });
      },
      `/flood?key=${how}`,
      how,
    );
    sent[side.name] = await stalled(side, how);
    return true;
  });
  expect(sent.plain).toBeGreaterThan(0);
  expect(sent.hooked).toBeLessThan(sent.plain! + BUFFERS);
  expect(sent.hooked).toBeLessThan(64 * MB);
});

test('a response costs no second body in memory', async () => {
  const peaks: Partial<Record<Side['name'], number>> = {};
  const { events } = await compareRuns(async (side) => {
    const cdp = await side.page.createCDPSession();
    const pid = await rendererOf(side);
    const before = residentBytes(pid, 'VmRSS');
    const bytes = await side.page.evaluate(async (max) => {
      const response = await fetch(`/flood?key=memory&max=${max}`);
      const body = await response.arrayBuffer();
      Object.assign(window, { body });
      return body.byteLength;
    }, 96 * MB);
    peaks[side.name] = residentBytes(pid, 'VmHWM') - before;
    await cdp.detach();
    return Math.round(bytes / MB);
  });
  expect(peaks.plain).toBeGreaterThan(60 * MB);
  expect(peaks.hooked).toBeLessThan(peaks.plain! + 32 * MB);
  expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'done', bodyBytes: expect.any(Number) });
});

/** The renderer that works for this page: the one whose CPU time grows while the page is busy. */
async function rendererOf({ browser, page }: Side): Promise<number> {
  const cdp = await browser.target().createCDPSession();
  const renderers = async () =>
    (await cdp.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) => type === 'renderer');
  const before = new Map((await renderers()).map(({ id, cpuTime }) => [id, cpuTime]));
  await page.evaluate(() => {
    for (const end = performance.now() + 200; performance.now() < end; );
  });
  const after = (await renderers()).map(({ id, cpuTime }) => ({ id, spent: cpuTime - (before.get(id) ?? 0) }));
  await cdp.detach();
  return after.sort((a, b) => b.spent - a.spent)[0]!.id;
}

function residentBytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  return 1024 * Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}
