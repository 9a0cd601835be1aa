import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { useBrowserAndServer } from './setup-page.ts';

const context = useBrowserAndServer({ h2: true });
let page: Page;

beforeEach(async () => {
  page = await context.openPage();
});
afterEach(() => page.close());

const idleRun = (faults: Record<string, string | number>) => context.server.createRun({ kind: 'idle', ...faults });

test.each(['HTTP/1.1', 'HTTP/2'])('over %s, delays each way add up, and jitter never reorders', async (version) => {
  const origin = version === 'HTTP/2' ? context.server.h2Url! : context.server.url;
  await page.goto(`${origin}/assets/lab.css`);
  const run = idleRun({ delayUp: 60, delayDown: 40, jitter: 30 });
  const { tookMs, echoes } = await page.evaluate(async (run) => {
    const startedAt = performance.now();
    await (await fetch(`/poll?run=${run}`)).text();
    const tookMs = performance.now() - startedAt;
    const echoes = await new Promise<string[]>((resolve) => {
      const echoes: string[] = [];
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?run=${run}&mode=echo`);
      socket.onopen = () => {
        for (let index = 0; index < 20; index += 1) setTimeout(() => socket.send(String(index)), index * 3);
      };
      socket.onmessage = ({ data }) => {
        echoes.push(data);
        if (echoes.length === 20) resolve(echoes);
      };
    });
    return { tookMs, echoes };
  }, run);
  expect(tookMs).toBeGreaterThanOrEqual(100);
  expect(echoes).toEqual([...Array(20).keys()].map(String));
});

test('connections are dropped again and again; EventSource comes back each time', async () => {
  const run = idleRun({ dropEvery: 100 });
  await page.evaluate((run) => {
    new EventSource(`/sse?run=${run}&retry=1`);
  }, run);
  await waitFor(() => context.server.truth(run).techniques.sse.connections >= 3);
});

test('connections are dropped together, whenever each was opened', async () => {
  const run = idleRun({ dropEvery: 900 });
  const closedAt = await page.evaluate(async (run) => {
    const live = (): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?run=${run}`);
        socket.onclose = () => resolve(performance.now());
      });
    const first = live();
    await new Promise((resolve) => setTimeout(resolve, 400));
    return Promise.all([first, live()]);
  }, run);
  expect(Math.abs(closedAt[0]! - closedAt[1]!)).toBeLessThan(200);
});

test('a reconnect storm: streams that close at once', async () => {
  const run = idleRun({ storm: 1 });
  await page.evaluate((run) => {
    new EventSource(`/sse?run=${run}`);
  }, run);
  const { completedResponses } = await waitFor(() => {
    const { sse } = context.server.truth(run).techniques;
    return sse.connections >= 10 && sse;
  });
  expect(completedResponses).toBeGreaterThanOrEqual(9);
});

test('upgrades are refused with 403', async () => {
  const run = idleRun({ refuseUpgrades: 1 });
  const code = await page.evaluate(
    (run) =>
      new Promise((resolve) => {
        new WebSocket(`ws://${location.host}/ws?run=${run}`).onclose = ({ code }) => resolve(code);
      }),
    run,
  );
  expect(code).toBe(1006);
  const [exchange] = context.server.truth(run).exchanges;
  expect(exchange).toMatchObject({ status: 403, outcome: 'error' });
});

test('a share of requests fails with 500, the same ones for the same seed', async () => {
  const statuses = async (): Promise<number[]> => {
    const run = idleRun({ errorRate: 0.3, seed: 11 });
    return page.evaluate(async (run) => {
      const statuses: number[] = [];
      for (let index = 0; index < 40; index += 1) statuses.push((await fetch(`/poll?run=${run}`)).status);
      return statuses;
    }, run);
  };
  const first = await statuses();
  const failures = first.filter((status) => status === 500).length;
  expect(failures).toBeGreaterThan(4);
  expect(failures).toBeLessThan(22);
  expect(await statuses()).toEqual(first);
});

test.each(['HTTP/1.1', 'HTTP/2'])(
  'over %s, a buffering proxy lets the chunks of a stream go together',
  async (version) => {
    await page.goto(`${version === 'HTTP/2' ? context.server.h2Url : context.server.url}/assets/lab.css`);
    const run = idleRun({ bufferFor: 300 });
    const times = page.evaluate(
      (run) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          new EventSource(`/sse?run=${run}`).onmessage = () => {
            times.push(performance.now());
            if (times.length === 3) resolve(times);
          };
        }),
      run,
    );
    await waitFor(() => context.server.truth(run).techniques.sse.requests === 1);
    for (let index = 0; index < 3; index += 1) {
      context.server.publish(index);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [first, , last] = await times;
    expect(last! - first!).toBeLessThan(50);
    const truth = context.server.truth(run);
    expect(truth.events[0]!.written.sse).toBe(truth.events[2]!.written.sse);
  },
);

test.each(['HTTP/1.1', 'HTTP/2'])('over %s, a reset in the middle of a response fails a fetch', async (version) => {
  await page.goto(`${version === 'HTTP/2' ? context.server.h2Url : context.server.url}/assets/lab.css`);
  const run = idleRun({ resetAfter: 60 });
  context.server.publish('long enough to be cut in the middle of it');
  const outcome = await page.evaluate(
    (run) =>
      fetch(`/poll?run=${run}`)
        .then((response) => response.text())
        .catch((error) => error.name),
    run,
  );
  expect(outcome).toBe('TypeError');
  await waitFor(() => context.server.truth(run).techniques.polling.aborted > 0);
  expect(context.server.truth(run).exchanges[0]).toMatchObject({ status: 200, bodyBytes: 60, outcome: 'aborted' });
});

test('a reset of a WebSocket closes it with 1006', async () => {
  const run = idleRun({ resetAfter: 10 });
  const code = page.evaluate(
    (run) =>
      new Promise((resolve) => {
        new WebSocket(`ws://${location.host}/ws?run=${run}`).onclose = ({ code }) => resolve(code);
      }),
    run,
  );
  await waitFor(() => context.server.truth(run).techniques.websocket.open === 1);
  context.server.publish('one');
  expect(await code).toBe(1006);
});

test('a slow reader fills the buffer of a page that sends', async () => {
  const run = idleRun({ readRate: 20_000 });
  const queuedBytes = await page.evaluate(
    (run) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/ws?run=${run}&mode=echo`);
        socket.onopen = () => {
          for (let index = 0; index < 400; index += 1) socket.send('x'.repeat(50_000));
          // What the kernels hold is gone from the count at once; what stays waits for the slow reader.
          const look = setInterval(() => {
            if (socket.bufferedAmount > 0 && socket.bufferedAmount < 20_000_000) {
              clearInterval(look);
              resolve(socket.bufferedAmount);
            }
          }, 100);
        };
      }),
    run,
  );
  expect(queuedBytes).toBeGreaterThan(1_000_000);
});

test('a wrong clock shows in the events, not in the truth', async () => {
  const run = idleRun({ clockError: -90_000 });
  context.server.publish('late');
  const reply = await page.evaluate(async (run) => (await fetch(`/poll?run=${run}`)).json(), run);
  expect(reply.events[0].at - context.server.truth(run).events[0]!.emittedAt).toBeCloseTo(-90_000, 1);
});

test('faults may change while a run plays', async () => {
  const run = idleRun({});
  const statuses = await page.evaluate(async (run) => {
    const poll = async () => (await fetch(`/poll?run=${run}`)).status;
    const before = await poll();
    await fetch(`/runs/${run}/faults`, { method: 'POST', body: '{"errorRate":1}' });
    return [before, await poll()];
  }, run);
  expect(statuses).toEqual([200, 500]);
});
