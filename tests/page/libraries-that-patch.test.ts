import { expect, test } from 'vitest';
import { openWithLibrary } from '../support/library-page.ts';
import { useSideBySide } from '../support/side-by-side.ts';

const { compareRuns } = useSideBySide();

/** One use of each API; what the page got, with `note` called in every callback. */
const useAll = async (note: () => unknown) => {
  const got: unknown[] = [];
  const until = (target: EventTarget, type: string) =>
    new Promise<MessageEvent>((resolve) =>
      target.addEventListener(
        type,
        (event) => {
          got.push([type, note()]);
          resolve(event as MessageEvent);
        },
        { once: true },
      ),
    );
  await fetch('/json')
    .then((response) => response.json())
    .then(({ a }) => got.push([a, note()]));
  await fetch('http://127.0.0.1:1/').catch((error) => got.push([error.message, note()]));
  const xhr = new XMLHttpRequest();
  xhr.open('POST', '/echo');
  xhr.onreadystatechange = () => void (xhr.readyState === 4 && got.push(['state', note()]));
  const loaded = until(xhr, 'loadend');
  xhr.send('body');
  await loaded;
  got.push(JSON.parse(xhr.responseText).body);
  const socket = new WebSocket(`ws://${location.host}/ws`);
  await until(socket, 'open');
  const answer = until(socket, 'message');
  socket.onmessage = () => got.push(['onmessage', note()]);
  socket.send('hello');
  got.push((await answer).data);
  const source = new EventSource('/sse');
  const calls: string[] = [];
  const removed = () => calls.push('removed');
  source.addEventListener('news', removed);
  source.removeEventListener('news', removed);
  source.onmessage = () => calls.push(`onmessage ${note()}`);
  await until(source, 'news');
  source.close();
  socket.close();
  await until(socket, 'close');
  return { got, calls, beacon: navigator.sendBeacon('/sink', 'x') };
};
const USE_ALL = `window.useAll = ${useAll};`;
const KINDS = ['connect', 'open', 'message', 'request', 'response', 'chunk', 'end', 'close'];

test('zone.js keeps its zone in every callback', async () => {
  const { result, events } = await compareRuns(async (side) => {
    const page = await openWithLibrary(side, `import 'zone.js'; ${USE_ALL}`);
    return page.evaluate(async () => {
      const { Zone, useAll: use } = window as never as {
        Zone: never;
        useAll: (note: () => unknown) => Promise<unknown>;
      };
      const root = Zone as { current: { name: string; fork(spec: object): { run<T>(f: () => T): T } } };
      const tasks: string[] = [];
      const zone = root.current.fork({
        name: 'mine',
        onScheduleTask(
          delegate: { scheduleTask(...a: unknown[]): unknown },
          _c: unknown,
          target: unknown,
          task: { type: string; source: string },
        ) {
          tasks.push(`${task.type} ${task.source}`);
          return delegate.scheduleTask(target, task);
        },
      });
      const used = await zone.run(() => use(() => root.current.name));
      return { used, tasks: tasks.sort() };
    });
  });
  expect(JSON.stringify(result.used)).toContain('["open","mine"]');
  expect(result.tasks).toContain('eventTask EventSource.addEventListener:news');
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(KINDS));
});

test('Sentry sees the same breadcrumbs and errors', async () => {
  const { result, events } = await compareRuns(async (side) => {
    const page = await openWithLibrary(
      side,
      `import * as Sentry from '@sentry/browser'; window.Sentry = Sentry; ${USE_ALL}`,
    );
    return page.evaluate(async () => {
      const { Sentry, useAll: use } = window as never as {
        Sentry: Record<string, (...a: unknown[]) => void>;
        useAll: typeof useAll;
      };
      const sent: unknown[] = [];
      // An EventSource has an addEventListener of its own with the hook, and Sentry names it after its owner.
      const isOwn = ({ data, ...rest }: { data?: { target?: string } }) => ({
        ...rest,
        data: { ...data, target: data?.target === 'EventSource' ? 'EventTarget' : data?.target },
      });
      const two = new Promise<void>((resolve) => {
        Sentry.init!({
          dsn: `http://key@${location.host}/1`,
          sendClientReports: false,
          autoSessionTracking: false,
          beforeSend(event: {
            exception: { values: { value: string; mechanism: { data?: object } }[] };
            breadcrumbs: { category: string; data: object }[];
          }) {
            const { values } = event.exception;
            sent.push({
              values: values.map(({ value, mechanism }) => [value, isOwn(mechanism)]),
              crumbs: event.breadcrumbs.map(({ category, data }) => [category, data]),
            });
            if (sent.length === 2) resolve();
            return null;
          },
        });
      });
      const used = await use(() => 'noted');
      const source = new EventSource('/sse');
      source.addEventListener('news', () => {
        source.close();
        throw new Error('in a named event');
      });
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/json');
      xhr.addEventListener('load', () => {
        throw new Error('in a load event');
      });
      await new Promise((resolve) => source.addEventListener('news', resolve));
      xhr.send();
      await two;
      return { used, sent };
    });
  });
  expect(JSON.stringify(result.sent)).toContain('in a named event');
  expect(JSON.stringify(result.sent)).toContain('in a load event');
  expect(JSON.stringify(result.sent)).toContain('/echo');
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(KINDS));
});

test('mswjs interceptors answer what they mock and let the rest through', async () => {
  const { result, events } = await compareRuns(async (side) => {
    const page = await openWithLibrary(
      side,
      `import { BatchInterceptor } from '@mswjs/interceptors';
       import { FetchInterceptor } from '@mswjs/interceptors/fetch';
       import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest';
       import { WebSocketInterceptor } from '@mswjs/interceptors/WebSocket';
       const seen = window.seen = [];
       const http = new BatchInterceptor({ name: 'http', interceptors: [new FetchInterceptor(), new XMLHttpRequestInterceptor()] });
       http.on('request', async ({ request, controller }) => {
         seen.push(request.method + ' ' + new URL(request.url).pathname + ' ' + (await request.clone().text()));
         if (request.url.includes('mocked')) controller.respondWith(new Response('{"mocked":true}', { status: 201 }));
       });
       http.on('response', ({ response, isMockedResponse }) => seen.push(response.status + ' ' + isMockedResponse));
       const sockets = new WebSocketInterceptor();
       sockets.on('connection', ({ client, server }) => {
         if (client.url.href.includes('mocked')) client.addEventListener('message', ({ data }) => client.send('mocked ' + data));
         else server.connect();
       });
       http.apply(); sockets.apply();
       window.restore = () => { http.dispose(); sockets.dispose(); };
       ${USE_ALL}`,
    );
    return page.evaluate(async () => {
      const {
        seen,
        restore,
        useAll: use,
      } = window as never as { seen: string[]; restore(): void; useAll: typeof useAll };
      const mocked = await (await fetch('/mocked', { method: 'POST', body: 'ask' })).json();
      const socket = new WebSocket(`ws://${location.host}/mocked`);
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      socket.send('hello');
      const data = await new Promise((resolve) => {
        socket.onmessage = (event) => resolve(event.data);
      });
      const used = await use(() => 'noted');
      restore();
      const after = (await fetch('/json')).status;
      return { mocked, data, used, seen, after, native: `${fetch}`.includes('[native code]') };
    });
  });
  expect(result).toMatchObject({ mocked: { mocked: true }, data: 'mocked hello', after: 200, native: true });
  expect(events.filter((event) => event.kind === 'request' && event.url?.includes('mocked'))).toEqual([]);
});
