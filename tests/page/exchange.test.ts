import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';
import { waitFor } from '../support/wait-for.ts';

const { compare, compareRuns } = useSideBySide();

test('the Response is the browser’s own: identity, url, type, redirected, headers', async () => {
  const { result, events } = await compare(async () => {
    const cross = location.origin.replace('127.0.0.1', 'localhost');
    const asked: [string, RequestInit?][] = [
      ['/json'],
      ['/redirect?to=/json'],
      ['/redirect?to=/json', { redirect: 'manual' }],
      ['/status?code=204'],
      ['/status?code=404'],
      ['/status?code=500'],
      [`${cross}/json?cors`],
      [`${cross}/json`, { mode: 'no-cors' }],
      ['data:text/plain,hi'],
      ['/json', { method: 'HEAD' }],
      ['/redirect?to=/echo&code=307', { method: 'post', body: 'kept' }],
    ];
    const seen = [];
    for (const [url, init] of asked) {
      const promise = fetch(url, init);
      const [response, same] = await Promise.all([promise, promise]);
      const { status, type, redirected, ok, bodyUsed, statusText } = response;
      seen.push({
        status,
        type,
        redirected,
        ok,
        bodyUsed,
        statusText,
        url: response.url,
        own: Object.keys(response),
        isResponse: response instanceof Response,
        identity: [response === same, response.body === same.body, response.headers === same.headers],
        isPromise: promise.constructor === Promise && Object.keys(promise).length === 0,
        headers: [...response.headers].filter(([name]) => name !== 'date'),
        hasBody: response.body !== null,
        text: await response.text(),
      });
    }
    return seen;
  });
  expect(result.map(({ status }) => status)).toEqual([200, 200, 0, 204, 404, 500, 200, 0, 200, 200, 200]);
  expect(events.flatMap((event) => (event.kind === 'response' ? [event.status] : []))).toEqual([
    200, 200, 0, 204, 404, 500, 200, 0, 200, 200, 200,
  ]);
  expect(events.filter(({ kind }) => kind === 'end')).toHaveLength(11);
});

test('fetch resolves at the headers, before the body is there', async () => {
  const { result } = await compare(async () => {
    const response = await fetch('/held?key=head');
    const reader = response.body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    const pending = reader.read();
    await fetch('/release?key=head');
    return [first, new TextDecoder().decode((await pending).value), (await reader.read()).done];
  });
  expect(result).toEqual(['head;', 'tail', true]);
});

test('a Request and the body it carries are used once, as natively', async () => {
  const { result, events } = await compare(async () => {
    let pulls = 0;
    const stream = () =>
      new ReadableStream({
        pull(controller) {
          pulls++;
          controller.error(new Error('made by the page'));
        },
      });
    const reasons: unknown[] = [];
    const request = new Request('/echo', { method: 'POST', body: 'once', headers: { 'content-type': 'text/x' } });
    reasons.push((await (await fetch(request)).json()).body, request.bodyUsed);
    reasons.push(await fetch(request).catch((error) => error.message));
    const init = { method: 'POST', body: stream(), duplex: 'half' } as RequestInit;
    reasons.push(await fetch('/echo', init).catch((error) => error.name));
    reasons.push(
      await fetch(new Request('/echo', { ...init, body: stream() } as RequestInit)).catch((error) => error.name),
    );
    const form = new FormData();
    form.append('a', '1');
    for (const body of [new Blob(['blob']), new URLSearchParams('a=1'), new Uint8Array(4), new ArrayBuffer(5), form])
      reasons.push((await (await fetch('/echo', { method: 'PUT', body })).json()).body.length >= 3);
    let reads = '';
    const watched = {
      get method() {
        reads += 'method ';
        return 'POST';
      },
      get body() {
        reads += 'body ';
        return 'x';
      },
      get signal() {
        reads += 'signal ';
        return undefined;
      },
    };
    await fetch('/echo', watched);
    return { reasons, pulls, reads };
  });
  expect(result.reasons.slice(0, 2)).toEqual(['once', true]);
  expect(result.reasons.slice(-5)).toEqual([true, true, true, true, true]);
  expect(result.reads).toContain('signal');
  expect(events.flatMap((event) => (event.kind === 'request' ? [event.bodyBytes] : [])).slice(-6)).toEqual([
    4,
    null,
    4,
    5,
    null,
    0,
  ]);
});

test('keepalive fetches and beacons at unload arrive, and are told with all that came before', async () => {
  const { result, documents } = await compareRuns(async ({ page, server }) => {
    await page.evaluate(() => {
      addEventListener('visibilitychange', () => navigator.sendBeacon('/sink?hidden', 'x'.repeat(10)));
      addEventListener('pagehide', () => {
        navigator.sendBeacon('/sink?pagehide', new Blob(['12345']));
        void fetch('/sink?keepalive', { method: 'POST', body: 'abc', keepalive: true });
      });
      const socket = new WebSocket(`ws://${location.host}/ws`);
      return new Promise((resolve) => {
        socket.onopen = () => resolve(socket.send('burst 0'));
      });
    });
    await page.goto(`${server.url}/html?next`);
    const sunk = () => server.requests.filter(({ url }) => url.startsWith('/sink?'));
    await waitFor(() => sunk().length >= 3);
    return sunk()
      .map(({ method, url, bodyBytes }) => [method, url, bodyBytes])
      .sort();
  });
  expect(result).toEqual([
    ['POST', '/sink?hidden', 10],
    ['POST', '/sink?keepalive', 3],
    ['POST', '/sink?pagehide', 5],
  ]);
  const left = documents.find(({ gone }) => gone)!;
  expect(left.events.map((event) => ('url' in event && event.kind === 'request' ? event.url : event.kind))).toEqual([
    'connect',
    'open',
    'message',
    '/sink?pagehide',
    '/sink?keepalive',
    'visibility',
    '/sink?hidden',
  ]);
});
