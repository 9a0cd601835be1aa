import { describe, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { useBrowserAndServer } from './setup-page.ts';

const context = useBrowserAndServer({ h2: true });

/** An idle run with `count` events published, and what a fresh page needs to know of it. */
function runWithEvents(count: number): string {
  const run = context.server.createRun({ kind: 'idle', seed: 5 });
  for (let index = 1; index <= count; index += 1) context.server.publish(`news ${index}`);
  return run;
}

describe.each(['HTTP/1.1', 'HTTP/2'])('over %s', (version) => {
  const openPage = () => context.openPage(version === 'HTTP/2' ? context.server.h2Url! : context.server.url);
  const httpVersion = version === 'HTTP/2' ? '2' : '1.1';

  test('polling brings what is new, and says so when nothing is', async () => {
    const page = await openPage();
    const run = runWithEvents(2);
    const replies = await page.evaluate(async (run) => {
      const ask = async (query: string) => {
        const response = await fetch(`/poll?run=${run}&${query}`);
        return { status: response.status, body: await response.text() };
      };
      return [await ask('since=0'), await ask('since=2'), await ask('since=2&empty=204'), await ask('mode=snapshot')];
    }, run);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 204, 200]);
    expect(JSON.parse(replies[0]!.body)).toMatchObject({ events: [{ seq: 1 }, { seq: 2, data: 'news 2' }], next: 2 });
    expect(replies[1]!.body).toBe('[]');
    expect(JSON.parse(replies[3]!.body)).toMatchObject({ event: { seq: 2 }, coalesced: 1, next: 2 });
    const { techniques, exchanges } = context.server.truth(run);
    expect(techniques.polling).toMatchObject({ requests: 4, useful: 1, wasted: 2, messages: 3 });
    expect(exchanges.every((exchange) => exchange.httpVersion === httpVersion)).toBe(true);
    await page.close();
  });

  test('a long poll is held until the event, or until its timeout', async () => {
    const page = await openPage();
    const run = runWithEvents(0);
    const held = page.evaluate(async (run) => {
      const ask = async (query: string) => (await fetch(`/long-poll?run=${run}&${query}`)).text();
      return [await ask('timeout=30&onTimeout=200'), await ask('timeout=30'), await ask('timeout=20000')];
    }, run);
    await waitFor(() => context.server.truth(run).techniques['long-polling'].requests === 3);
    context.server.publish('at last');
    const [empty, timeout, news] = await held;
    expect([empty, timeout]).toEqual(['[]', '{"timeout":true}']);
    expect(JSON.parse(news!).events[0].data).toBe('at last');
    expect(context.server.truth(run).techniques['long-polling']).toMatchObject({ useful: 1, wasted: 1, errors: 0 });
    await page.close();
  });

  test('SSE: EventSource gets ids, and comes back where it left off', async () => {
    const page = await openPage();
    const run = runWithEvents(2);
    const seen = page.evaluate(
      (run) =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          Object.assign(window, { seen });
          const source = new EventSource(`/sse?run=${run}&since=0&retry=10&named=1&keepalive=20`);
          source.addEventListener('news', ({ lastEventId }) => {
            seen.push(lastEventId);
            if (seen.length === 4) {
              source.close();
              resolve(seen);
            }
          });
        }),
      run,
    );
    await waitFor(() => page.evaluate(() => (window as unknown as { seen?: string[] }).seen?.length === 2));
    await waitFor(() => context.server.truth(run).techniques.sse.comments > 0);
    context.server.dropConnections();
    context.server.publish('missed');
    context.server.publish('missed too');
    expect(await seen).toEqual([1, 2, 3, 4].map((seq) => `${run}-${seq}`));
    expect(context.server.truth(run).techniques.sse).toMatchObject({ connections: 2, messages: 4 });
    await page.close();
  });

  test('SSE: a server that pushes its state on a timer says the same again', async () => {
    const page = await openPage();
    const run = runWithEvents(1);
    const seen = await page.evaluate(
      (url) =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          const source = new EventSource(url);
          source.onmessage = ({ data }) => {
            seen.push(data);
            if (seen.length === 3) {
              source.close();
              resolve(seen);
            }
          };
        }),
      `/sse?run=${run}&since=0&repeat=20`,
    );
    expect(JSON.parse(seen[0]!)).toMatchObject({ seq: 1 });
    expect(new Set(seen).size).toBe(1);
    await page.close();
  });

  test.each(['POST /sse', 'GET /stream'])('%s streams to fetch', async (request) => {
    const page = await openPage();
    const run = runWithEvents(1);
    const [method, path] = request.split(' ') as [string, string];
    const text = page.evaluate(
      async (method, url) => {
        const response = await fetch(url, { method });
        const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
        let text = '';
        while (!text.includes('news 1') || !text.includes('live')) text += (await reader.read()).value;
        await reader.cancel();
        return text;
      },
      method,
      `${path}?run=${run}&since=0`,
    );
    const technique = path === '/sse' ? 'sse' : 'http-stream';
    await waitFor(() => context.server.truth(run).techniques[technique].open === 1);
    context.server.publish('live');
    await text;
    await waitFor(() => context.server.truth(run).techniques[technique].open === 0);
    expect(context.server.truth(run).techniques[technique].messages).toBe(2);
    await page.close();
  });

  test('AJAX gets and publishes, a beacon reports', async () => {
    const page = await openPage();
    const run = runWithEvents(3);
    const reply = await page.evaluate(async (run) => {
      await fetch(`/ajax?run=${run}`, { method: 'POST', body: '{"text":"hello"}' });
      navigator.sendBeacon(`/beacon?run=${run}`, 'x'.repeat(500));
      return (await fetch(`/ajax?run=${run}`)).json();
    }, run);
    expect(reply.events.at(-1).data).toEqual({ text: 'hello' });
    const { techniques } = await waitFor(() => {
      const truth = context.server.truth(run);
      return truth.techniques.telemetry.completedResponses === 1 && truth;
    });
    expect(techniques.telemetry).toMatchObject({ requests: 1, requestBodyBytes: 500 });
    expect(techniques.request).toMatchObject({ requests: 2, requestBodyBytes: 16 });
    await page.close();
  });

  test.each(['', '&deflate=1', '&format=binary'])('WebSocket gets events and answers echoes%s', async (options) => {
    const page = await openPage();
    const run = runWithEvents(2);
    const news = await page.evaluate(
      (url) =>
        new Promise<{ seqs: number[]; protocol: string }>((resolve, reject) => {
          const seqs: number[] = [];
          const socket = new WebSocket(url, ['other', 'transport-lens.v1']);
          socket.onerror = () => reject(new Error('refused'));
          socket.onmessage = async ({ data }) => {
            seqs.push(JSON.parse(typeof data === 'string' ? data : await data.text()).seq);
            if (seqs.length < 2) return;
            socket.onclose = () => resolve({ seqs, protocol: socket.protocol });
            socket.close(4001, 'enough');
          };
        }),
      `${page.url().replace(/^http(s?:..[^/]+).*/, 'ws$1')}/ws?run=${run}&since=0&ping=10${options}`,
    );
    expect(news).toEqual({ seqs: [1, 2], protocol: 'transport-lens.v1' });
    const { events, techniques } = context.server.truth(run);
    expect(techniques.websocket).toMatchObject({ connections: 1, messagesReceived: 2, messagesSent: 0 });
    expect(events.every(({ written }) => written.websocket !== null)).toBe(true);
    await page.close();
  });
});

// HTTP/1.1 only: Chromium caches nothing that came over TLS with a certificate it does not trust.
test('a poll of a browser that has the answer already is a 304 on the wire', async () => {
  const page = await context.openPage();
  const run = runWithEvents(1);
  await page.evaluate(async (run) => {
    for (let round = 0; round < 2; round += 1) await (await fetch(`/poll?run=${run}&since=0&empty=304`)).text();
  }, run);
  expect(context.server.truth(run).exchanges.map(({ status }) => status)).toEqual([200, 304]);
  await page.close();
});

test('a page may publish over its WebSocket, and everyone gets it', async () => {
  const page = await context.openPage();
  const run = runWithEvents(0);
  const data = await page.evaluate(
    (run) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/ws?run=${run}&mode=publish`);
        socket.onopen = () => socket.send('안녕');
        socket.onmessage = (event) => resolve(JSON.parse(event.data).data);
      }),
    run,
  );
  expect(data).toBe('안녕');
  expect(context.server.truth(run).techniques.websocket).toMatchObject({ messagesSent: 1, messagesReceived: 1 });
  await page.close();
});

test('the server closes with the code asked for; a subprotocol it does not know fails the connection', async () => {
  const page = await context.openPage();
  const codes = await page.evaluate(
    (run) =>
      Promise.all(
        [{ query: '&closeCode=4321' }, { query: '', protocol: 'mqtt' }].map(
          ({ query, protocol }) =>
            new Promise((resolve) => {
              const socket = new WebSocket(`ws://${location.host}/ws?run=${run}${query}`, protocol ?? []);
              socket.onclose = ({ code }) => resolve(code);
            }),
        ),
      ),
    runWithEvents(0),
  );
  expect(codes).toEqual([4321, 1006]);
  await page.close();
});
