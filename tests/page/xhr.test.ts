import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare, compareRuns } = useSideBySide();

test('every responseType, with the events in native order', async () => {
  const { result, events } = await compare(async () => {
    const seen: Record<string, unknown> = {};
    for (const type of ['', 'text', 'json', 'arraybuffer', 'blob', 'document'] as const) {
      const xhr = new XMLHttpRequest();
      const order: unknown[] = [];
      xhr.open('GET', type === 'json' ? '/json' : '/bytes?n=3000&type=text/html');
      xhr.responseType = type;
      xhr.onreadystatechange = () => order.push(xhr.readyState);
      for (const name of ['loadstart', 'load', 'loadend', 'abort', 'error', 'timeout'])
        xhr.addEventListener(name, (event) => order.push([name, (event as ProgressEvent).loaded]));
      await new Promise((resolve) => {
        xhr.addEventListener('loadend', () => setTimeout(resolve));
        xhr.send();
      });
      const { response } = xhr;
      const size =
        response?.length ?? response?.byteLength ?? response?.size ?? response?.b ?? response?.body?.innerText.length;
      seen[type] = [
        size,
        order.filter((entry) => entry !== 3),
        response === xhr.response,
        Object.getOwnPropertyNames(xhr),
      ];
    }
    return seen;
  });
  expect(result.blob).toEqual([3000, expect.arrayContaining([2, 4, ['load', 3000]]), true, []]);
  const ends = events.flatMap((event) => (event.kind === 'end' ? [event.bodyBytes] : []));
  expect(ends).toEqual([3000, 3000, 20, 3000, 3000, 3000]);
});

test('synchronous requests: success, error, and what they report', async () => {
  const { result, events } = await compare(() => {
    const xhr = new XMLHttpRequest();
    const order: unknown[] = [];
    for (const name of ['readystatechange', 'loadstart', 'load', 'loadend'])
      xhr.addEventListener(name, () => order.push(name));
    xhr.open('get', '/json', false);
    xhr.send();
    const failed = new XMLHttpRequest();
    failed.open('GET', 'http://127.0.0.1:1/', false);
    let error = '';
    try {
      failed.send();
    } catch (thrown) {
      error = `${(thrown as Error).name}: ${(thrown as Error).message}`;
    }
    return [xhr.status, xhr.responseText, order, error, failed.readyState];
  });
  expect(result[3]).toContain('NetworkError');
  expect(events.map((event) => [event.kind, event.id, 'outcome' in event ? event.outcome : ''])).toEqual([
    ['request', 1, ''],
    ['response', 1, ''],
    ['end', 1, 'done'],
    ['request', 2, ''],
    ['end', 2, 'error'],
  ]);
});

test('abort, timeout, error, reuse and opening again under way', async () => {
  const { result, events } = await compare(async () => {
    const seen: unknown[] = [];
    const xhr = new XMLHttpRequest();
    for (const name of ['load', 'abort', 'timeout', 'error']) xhr.addEventListener(name, () => seen.push(name));
    const settled = () =>
      new Promise((resolve) => xhr.addEventListener('loadend', () => setTimeout(resolve), { once: true }));
    const begin = (url: string, method = 'GET', body?: string) => {
      const end = settled();
      xhr.open(method, url);
      xhr.timeout = url === '/never' ? 50 : 0;
      xhr.send(body);
      return end;
    };
    await begin('/json');
    await begin('/echo', 'POST', '안녕');
    seen.push(JSON.parse(xhr.responseText).body.length);
    await begin('/never');
    await begin('http://127.0.0.1:1/');
    await begin('/cut');
    const aborted = begin('/held?key=xhr');
    while (xhr.readyState < 3)
      await new Promise((resolve) => xhr.addEventListener('readystatechange', resolve, { once: true }));
    xhr.abort();
    await aborted;
    void begin('/held?key=again');
    await begin('/json');
    return [...seen, xhr.status];
  });
  expect(result).toEqual(['load', 'load', 6, 'timeout', 'error', 'error', 'abort', 'load', 200]);
  expect(events.flatMap((event) => (event.kind === 'end' ? [event.outcome] : []))).toEqual([
    'done',
    'done',
    'error',
    'error',
    'error',
    'aborted',
    'aborted',
    'done',
  ]);
  expect(events.filter((event) => event.kind === 'request').map((event) => event.bodyBytes)).toEqual([
    0, 6, 0, 0, 0, 0, 0, 0,
  ]);
});

test('a response that grows is told as it grows', async () => {
  const { result, events } = await compare(async () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/held?key=comet');
    const grew = new Promise((resolve) => xhr.addEventListener('progress', resolve, { once: true }));
    const ended = new Promise((resolve) => xhr.addEventListener('loadend', resolve));
    xhr.send();
    await grew;
    const before = xhr.responseText;
    await fetch('/release?key=comet');
    await ended;
    return [before, xhr.responseText];
  });
  expect(result).toEqual(['head;', 'head;tail']);
  expect(events.filter(({ id }) => id === 1).map((event) => [event.kind, 'bytes' in event ? event.bytes : 0])).toEqual([
    ['request', 0],
    ['response', 0],
    ['chunk', 5],
    ['chunk', 4],
    ['end', 0],
  ]);
});

test('no request gains a preflight or a header', async () => {
  const { result } = await compareRuns(async ({ page, server }) => {
    await page.evaluate(
      async (origin) => {
        const send = (body: string | undefined, set?: [string, string]) =>
          new Promise((resolve) => {
            const xhr = new XMLHttpRequest();
            xhr.open('POST', `${origin}/echo?cors`);
            if (set) xhr.setRequestHeader(...set);
            xhr.onloadend = resolve;
            xhr.send(body);
          });
        await send('simple');
        await send(undefined);
        await send('not simple', ['x-mine', '1']);
        await fetch(`${origin}/echo?cors`, { method: 'POST', body: 'simple' });
        await fetch(`${origin}/echo?cors`, { headers: { 'x-mine': '1' } });
        await fetch(new Request(`${origin}/echo?cors`, { method: 'PUT', body: 'x' }));
        const source = new EventSource(`${origin}/sse?cors`);
        await new Promise((resolve) => source.addEventListener('news', resolve));
        source.close();
      },
      server.url.replace('127.0.0.1', 'localhost'),
    );
    return server.requests.map(({ method, url, headers }) => [method, url, headers]);
  });
  // One preflight; the browser remembers its answer for the others.
  const methods = 'GET POST POST OPTIONS POST POST GET PUT GET';
  expect(result.map(([method]) => method).join(' ')).toBe(methods);
});
