import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test('a fetch whose signal is aborted already rejects in the native microtask turn', async () => {
  const { result, events } = await compare(async () => {
    const reason = new Error('mine');
    const calls: Record<string, () => Promise<unknown>> = {
      init: () => fetch('/json', { signal: AbortSignal.abort() }),
      reason: () => fetch('/json', { signal: AbortSignal.abort(reason) }),
      inherited: () => fetch('/json', Object.create({ signal: AbortSignal.abort() })),
      request: () => fetch(new Request('/json', { signal: AbortSignal.abort() })),
    };
    const turns: Record<string, unknown> = {};
    for (const [name, call] of Object.entries(calls)) {
      let turn = 0;
      const rejected = call().catch((error) => [turn, error.name, error === reason]);
      for (; turn < 5; turn++) await null;
      turns[name] = await rejected;
    }
    return turns;
  });
  expect(result.init).toEqual([0, 'AbortError', false]);
  expect(result.reason).toEqual([0, 'Error', true]);
  expect(events).toEqual([]);
});

test('`signal: null` takes the aborted signal of a Request away', async () => {
  const { result, events } = await compare(async () => {
    const request = new Request('/json', { signal: AbortSignal.abort() });
    return (await fetch(request, { signal: null })).status;
  });
  expect(result).toBe(200);
  expect(events.map(({ kind }) => kind)).toEqual(['request', 'response']);
});

test.each(['text', 'json', 'arrayBuffer', 'blob', 'bytes', 'formData'] as const)(
  '%s() of an aborted response rejects in the native microtask turn',
  async (method) => {
    const { result, events } = await compare(async (method) => {
      const abort = new AbortController();
      const response = await fetch(`/held?key=${method}`, { signal: abort.signal });
      abort.abort();
      let turn = 0;
      const rejected = response[method]().catch((error) => [turn, error.name]);
      for (; turn < 5; turn++) await null;
      return rejected;
    }, method);
    expect(result[1]).toBe('AbortError');
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'aborted' });
  },
);

test('a body that is taken or locked rejects in the native microtask turn, and the exchange goes on', async () => {
  const { result, events } = await compare(async () => {
    const turnOf = async (call: () => Promise<unknown>) => {
      let turn = 0;
      const rejected = call().catch((error) => [turn, error.message]);
      for (; turn < 5; turn++) await null;
      return rejected;
    };
    const locked = await fetch('/held?key=lock');
    const reader = locked.body!.getReader();
    const first = await turnOf(() => locked.text());
    await fetch('/release?key=lock');
    let bytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    return { first, again: await turnOf(() => locked.json()), bytes };
  });
  expect(result).toMatchObject({ first: [0, expect.stringContaining('locked')], bytes: 9 });
  expect(events.filter(({ kind, id }) => kind === 'end' && id === 1)).toEqual([
    expect.objectContaining({ outcome: 'done', bodyBytes: 9 }),
  ]);
});

test('an abort under way rejects fetch, text() and read() with the same error', async () => {
  const { result, events } = await compare(async () => {
    const reason = new Error('enough');
    const outcomes: unknown[] = [];
    for (const use of ['fetch', 'text', 'read'] as const) {
      const abort = new AbortController();
      const pending = fetch(use === 'fetch' ? '/never' : `/held?key=${use}`, { signal: abort.signal });
      const response = use === 'fetch' ? null : await pending;
      const last = response === null ? pending : use === 'text' ? response.text() : drain(response.body!.getReader());
      abort.abort(reason);
      outcomes.push(await last.catch((error) => error === reason));
    }
    return outcomes;

    async function drain(reader: ReadableStreamDefaultReader) {
      while (!(await reader.read()).done);
    }
  });
  expect(result).toEqual([true, true, true]);
  expect(events.filter(({ kind }) => kind === 'end')).toEqual(
    Array(3).fill(expect.objectContaining({ outcome: 'aborted' })),
  );
});
