import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test.each(['WebSocket', 'EventSource', 'XMLHttpRequest'] as const)(
  '%s: handlers and listeners fire once, in the order of the page, with native semantics',
  async (api) => {
    const { result } = await compare(async (api) => {
      const seen: unknown[] = [];
      const faults: string[] = [];
      addEventListener('error', (event) => {
        event.preventDefault();
        faults.push(event.message);
      });
      const type = api === 'XMLHttpRequest' ? 'load' : 'message';
      const make = {
        WebSocket() {
          const socket = new WebSocket(`ws://${location.host}/ws`);
          socket.onopen = () => ['a', 'b'].map((text) => socket.send(text));
          return socket;
        },
        EventSource: () => new EventSource('/sse?once'),
        XMLHttpRequest() {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', '/json');
          return xhr;
        },
      };
      const target = make[api]() as unknown as EventTarget & Record<string, unknown>;
      const note = (name: string) =>
        function (this: unknown, event: Event) {
          const { eventPhase, isTrusted } = event;
          seen.push([name, this === target, event.target === target, eventPhase, isTrusted]);
        };
      const removed = note('removed');
      const twice = note('twice');
      const late = new AbortController();
      target.addEventListener(type, note('first'));
      target.addEventListener(type, twice);
      target.addEventListener(type, twice);
      target.addEventListener(type, note('once'), { once: true });
      target[`on${type}`] = note('never: replaced');
      target[`on${type}`] = note('handler');
      target.addEventListener(type, removed);
      target.removeEventListener(type, removed);
      target.addEventListener(type, note('signal'), { signal: late.signal });
      target.addEventListener(type, note('aborted'), { signal: AbortSignal.abort() });
      target.addEventListener(type, { handleEvent: () => seen.push(['object']) });
      target.addEventListener(type, { handleEvent: 1 } as never);
      target.addEventListener(type, null);
      target.addEventListener(type, () => {
        throw new Error('thrown by the page');
      });
      target.addEventListener(type, note('capture'), true);
      target.addEventListener(type, () => late.abort());
      const done = new Promise<void>((resolve) => {
        let left = api === 'XMLHttpRequest' ? 1 : 2;
        target.addEventListener(type, () => void (--left === 0 && setTimeout(resolve)));
      });
      target.addEventListener(type, (event) => event.stopImmediatePropagation());
      target.addEventListener(type, note('never: stopped'));
      if (api === 'XMLHttpRequest') (target as never as XMLHttpRequest).send();
      await done;
      const handler = target[`on${type}`] as { name: string } | null;
      (target as { close?: () => void }).close?.();
      return { seen, faults, handler: typeof handler };
    }, api);
    const names = result.seen.map((line) => (line as unknown[])[0]);
    expect(names).toContain('object');
    expect(names.filter((name) => name === 'once')).toHaveLength(1);
    expect(names.filter((name) => name === 'twice')).toHaveLength(api === 'XMLHttpRequest' ? 1 : 2);
    expect(names.join()).not.toContain('never');
    expect(result.faults.length).toBeGreaterThan(0);
  },
);

test('a page that stops propagation silences neither of ours; a script that dispatches events reports nothing', async () => {
  const { result, events } = await compare(async () => {
    let seen = 0;
    const socket = new WebSocket(`ws://${location.host}/ws`);
    socket.addEventListener('message', (event) => event.stopImmediatePropagation());
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.onmessage = () => seen++;
    socket.dispatchEvent(new MessageEvent('message', { data: 'forged' }));
    socket.dispatchEvent(new CloseEvent('close', { code: 4999 }));
    const source = new EventSource('/never');
    source.onmessage = () => seen++;
    source.dispatchEvent(new MessageEvent('message', { data: 'forged' }));
    source.dispatchEvent(new Event('error'));
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/never');
    xhr.send();
    xhr.onloadend = () => seen++;
    xhr.dispatchEvent(new ProgressEvent('loadend', { loaded: 5 }));
    document.dispatchEvent(new Event('visibilitychange'));
    const echoed = new Promise((resolve) => socket.addEventListener('close', resolve));
    socket.send('real');
    socket.send('close 4000 bye');
    await echoed;
    return seen;
  });
  expect(result).toBe(2);
  expect(events.map((event) => [event.kind, 'text' in event ? event.text : ''])).toEqual([
    ['connect', ''],
    ['open', ''],
    ['connect', ''],
    ['request', ''],
    ['message', 'real'],
    ['message', 'close 4000 bye'],
    ['message', 'real'],
    ['close', ''],
  ]);
});
