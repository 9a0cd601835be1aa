import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test('an EventSource reconnects, keeps its ids, and every step is told', async () => {
  const { result, events } = await compare(async () => {
    const source = new EventSource('/sse');
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      source.onopen = () => seen.push('open');
      source.onerror = () => seen.push(['error', source.readyState]);
      source.onmessage = ({ data, lastEventId, origin }) => seen.push([data, lastEventId, origin]);
      source.addEventListener('news', ({ data, lastEventId, type }) => {
        seen.push([data, lastEventId, type]);
        if (lastEventId === '3') resolve();
      });
    });
    source.close();
    source.close();
    return seen;
  });
  expect(result).toEqual([
    'open',
    ['하나\nline two', '1', expect.any(String)],
    ['two', '2', 'news'],
    ['error', 0],
    'open',
    ['three', '3', 'news'],
  ]);
  expect(
    events.map((event) =>
      event.kind === 'message' ? [event.type, event.payloadBytes, event.text, event.lastEventId] : event.kind,
    ),
  ).toEqual([
    'connect',
    'open',
    ['message', 15, '하나\nline two', '1'],
    ['news', 3, 'two', '2'],
    'reconnecting',
    'open',
    ['news', 5, 'three', '3'],
    'close',
  ]);
  expect(events.at(-1)).toMatchObject({ kind: 'close', wasClean: true });
});

test('a source the server refuses is closed for good', async () => {
  const { result, events } = await compare(
    () =>
      new Promise((resolve) => {
        const source = new EventSource('/json');
        source.onerror = () => resolve(source.readyState);
      }),
  );
  expect(result).toBe(2);
  expect(events.map(({ kind }) => kind)).toEqual(['connect', 'close']);
  expect(events[1]).toMatchObject({ code: null, wasClean: false });
});

test('a burst of events arrives whole', async () => {
  const { result, events } = await compare(async () => {
    const source = new EventSource('/burst-sse?count=5000');
    let count = 0;
    await new Promise<void>((resolve) => {
      source.onmessage = () => void (++count === 5000 && resolve());
    });
    source.close();
    return count;
  });
  expect(result).toBe(5000);
  expect(events.filter(({ kind }) => kind === 'message')).toHaveLength(5000);
});
