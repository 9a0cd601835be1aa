import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test.each(['blob', 'arraybuffer'] as const)(
  'payloads of every kind come through unchanged, as %s',
  async (binaryType) => {
    const { result, events } = await compare(async (binaryType) => {
      const socket = new WebSocket(`ws://${location.host}/ws`, ['lens.v1']);
      socket.binaryType = binaryType;
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      const buffer = new Uint8Array([1, 2, 3, 4, 5]).buffer;
      const said = { toString: () => 'an object' };
      const payloads = [
        '안녕 👋',
        '',
        '\ud800',
        new Blob(['blob']),
        buffer,
        new Uint16Array(buffer, 2, 1),
        new DataView(buffer, 1),
        said,
        null,
        undefined,
        12,
        'x'.repeat(100_000),
        // Pairs on every boundary.
        `${'x'.repeat(4095)}${'👋'.repeat(10_000)}`,
      ];
      const seen: unknown[] = [];
      for (const payload of payloads) {
        const answer = new Promise<MessageEvent>((resolve) => {
          socket.onmessage = resolve;
        });
        const returned = socket.send(payload as never);
        const event = await answer;
        const { data } = event;
        const size = typeof data === 'string' ? data : [data.constructor.name, data.size ?? data.byteLength];
        seen.push([
          size,
          event.data === data,
          returned === undefined,
          Object.keys(event),
          event.origin,
          event.ports.length,
        ]);
      }
      const closed = new Promise<CloseEvent>((resolve) => {
        socket.onclose = resolve;
      });
      socket.send('close 4321 good bye');
      const { code, reason, wasClean } = await closed;
      return { seen, code, reason, wasClean, protocol: socket.protocol };
    }, binaryType);
    expect(result).toMatchObject({ code: 4321, reason: 'good bye', wasClean: true, protocol: 'lens.v1' });
    const sent = events.flatMap((event) =>
      event.kind === 'message' && event.direction === 'sent' ? [[event.type, event.payloadBytes]] : [],
    );
    const binary = [4, 5, 2, 4].map((bytes) => ['binary', bytes]);
    expect(sent).toEqual([
      ['text', 11],
      ['text', 0],
      ['text', 3],
      ...binary,
      ['text', null],
      ['text', 4],
      ['text', 9],
      ['text', 2],
      ['text', 100_000],
      ['text', 44_095],
      ['text', 19],
    ]);
    const received = events.flatMap((event) =>
      event.kind === 'message' && event.direction === 'received' ? [event.payloadBytes] : [],
    );
    expect(received).toEqual([11, 0, 3, 4, 5, 2, 4, 9, 4, 9, 2, 100_000, 44_095]);
    expect(events[1]).toMatchObject({ kind: 'open', protocol: 'lens.v1', extensions: 'permessage-deflate' });
    expect(events.at(-1)).toMatchObject({ kind: 'close', code: 4321, reason: 'good bye', wasClean: true });
  },
);

test('refused, cut, closed early: the events and codes are native, and all are told', async () => {
  const { result, events } = await compare(async () => {
    const seen: unknown[] = [];
    const url = `ws://${location.host}`;
    for (const how of ['refused', 'cut', 'early', 'closing'] as const) {
      const socket = new WebSocket(how === 'refused' ? `${url}/json` : `${url}/ws`);
      socket.onerror = () => seen.push('error');
      const closed = new Promise<CloseEvent>((resolve) => {
        socket.onclose = resolve;
      });
      if (how === 'early') socket.close();
      if (how === 'cut') socket.onopen = () => socket.send('cut');
      if (how === 'closing')
        socket.onopen = () => {
          socket.close(3000, 'mine');
          socket.send('never leaves');
        };
      const { code, reason, wasClean } = await closed;
      seen.push([code, reason, wasClean, socket.readyState, socket.bufferedAmount]);
    }
    return seen;
  });
  const failed = ['error', [1006, '', false, 3, 0]];
  expect(result).toEqual([...failed, [1006, '', false, 3, 0], ...failed, [3000, 'mine', true, 3, expect.any(Number)]]);
  expect(events.flatMap((event) => (event.kind === 'close' ? [[event.code, event.wasClean]] : []))).toEqual([
    [1006, false],
    [1006, false],
    [1006, false],
    [3000, true],
  ]);
  expect(events.filter((event) => event.kind === 'message').map(({ text }) => text)).toEqual(['cut']);
});

test('a burst arrives whole and in order', async () => {
  const { result, events, documents } = await compare(async () => {
    const socket = new WebSocket(`ws://${location.host}/ws`);
    let count = 0;
    await new Promise<void>((resolve) => {
      socket.onopen = () => socket.send('burst 3000');
      socket.onmessage = () => void (++count === 3000 && resolve());
    });
    return count;
  });
  expect(result).toBe(3000);
  expect(events.filter((event) => event.kind === 'message' && event.direction === 'received')).toHaveLength(3000);
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b));
  expect(documents.map(({ dropped }) => dropped)).toEqual([0]);
});
