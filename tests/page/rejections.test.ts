import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

/** Unhandled rejections are told after the microtasks of a task; a later task has seen them all. */
test('an uncaught fetch fires exactly one unhandledrejection for the very promise, a caught one none', async () => {
  const { result } = await compare(async () => {
    const seen: unknown[] = [];
    const promises = new Map<unknown, string>();
    let settle: () => void;
    const allUnhandled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      seen.push([promises.get(event.promise), event.reason.name, event.reason.message]);
      if (seen.length === 3) settle();
    });
    addEventListener('rejectionhandled', () => seen.push('handled late'));
    const keep = (name: string, promise: Promise<unknown>) => {
      promises.set(promise, name);
      return promise;
    };
    const caught = keep('caught', fetch('http://127.0.0.1:1/'));
    await caught.catch(() => {});
    await keep('awaited', fetch('/json'));
    keep('invalid', fetch('http://'));
    keep('refused', fetch('http://127.0.0.1:1/'));
    keep('body', (await fetch('/cut')).text());
    await allUnhandled;
    await new Promise((resolve) => setTimeout(resolve));
    return seen.sort();
  });
  expect(result).toEqual([
    ['body', 'TypeError', expect.any(String)],
    ['invalid', 'TypeError', expect.stringContaining('Failed to parse URL')],
    ['refused', 'TypeError', 'Failed to fetch'],
  ]);
});

test('a rejection handled late is told as such once', async () => {
  const { result } = await compare(async () => {
    const seen: string[] = [];
    for (const type of ['unhandledrejection', 'rejectionhandled'])
      addEventListener(type, (event) => {
        event.preventDefault();
        seen.push(type);
      });
    const promise = fetch('http://127.0.0.1:1/');
    // A task of its own: what is caught while the event is still under way counts as handled in time.
    await new Promise((resolve) => addEventListener('unhandledrejection', () => setTimeout(resolve)));
    await new Promise<void>((resolve) => {
      addEventListener('rejectionhandled', () => resolve());
      promise.catch(() => {});
    });
    return seen;
  });
  expect(result).toEqual(['unhandledrejection', 'rejectionhandled']);
});

test('an error keeps its message; its stack gains only frames of the extension', async () => {
  const { result } = await compare(async () => {
    const failures: Record<string, () => unknown> = {
      refused: () => fetch('http://127.0.0.1:1/'),
      invalid: () => fetch('http://'),
      noArguments: () => (fetch as () => unknown)(),
      badMode: () => fetch('/json', { mode: 'navigate' }),
      illegal: () => fetch.call({} as never, '/json'),
      json: async () => (await fetch('/html')).json(),
      brokenBody: async () => (await fetch('/cut')).text(),
      badSocket: () => new WebSocket('http://['),
      socketWithoutNew: () => (WebSocket as never as () => unknown)(),
      sourceWithoutNew: () => (EventSource as never as (url: string) => unknown)('/sse'),
      sendEarly: () => new WebSocket(`ws://${location.host}/ws`).send('x'),
      sendUnopened: () => new XMLHttpRequest().send(),
      badMethod: () => new XMLHttpRequest().open('a b', '/'),
      illegalSend: () => WebSocket.prototype.send.call({} as never, 'x'),
      illegalListener: () => EventSource.prototype.addEventListener.call({} as never, 'x', () => {}),
      fewArguments: () => (new EventSource('/never').addEventListener as () => unknown)(),
      illegalBeacon: () => navigator.sendBeacon.call({} as never, '/'),
      illegalText: () => Response.prototype.text.call({} as never),
      illegalBody: () => Reflect.get(Response.prototype, 'body'),
      illegalRead: () => ReadableStreamDefaultReader.prototype.read.call({} as never),
    };
    const seen: Record<string, unknown> = {};
    for (const [name, fail] of Object.entries(failures)) {
      try {
        await fail();
        seen[name] = 'no error';
      } catch (thrown) {
        const error = thrown as Error;
        const frames = (error.stack ?? '').split('\n').filter((line) => !line.includes('chrome-extension://'));
        // A body that breaks off has frames only if it broke before it was asked for: a race of the network.
        const settled = name === 'brokenBody' ? [] : frames;
        seen[name] = [error.name, error.message, error.constructor === globalThis[error.name as never], settled];
      }
    }
    return seen;
  });
  expect(Object.values(result)).not.toContain('no error');
  expect(result.refused).toEqual(['TypeError', 'Failed to fetch', true, expect.any(Array)]);
});
