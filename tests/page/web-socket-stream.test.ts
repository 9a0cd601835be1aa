import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

/** What TypeScript does not know of yet. */
type StreamConstructor = new (
  url: string,
  options?: { protocols?: string[]; signal?: AbortSignal },
) => {
  url: string;
  opened: Promise<{ readable: ReadableStream; writable: WritableStream; protocol: string; extensions: string }>;
  closed: Promise<{ closeCode: number; reason: string }>;
  close(how?: { closeCode?: number; reason?: string }): void;
};

test('messages are told as the page reads and writes them', async () => {
  const { result, events } = await compare(async () => {
    const { WebSocketStream } = window as never as { WebSocketStream: StreamConstructor };
    const socket = new WebSocketStream(`ws://${location.host}/ws`, { protocols: ['lens.v1'] });
    const { readable, writable, protocol } = await socket.opened;
    const writer = writable.getWriter();
    await writer.write('안녕');
    await writer.write(Uint8Array.of(1, 2, 3));
    const reader = readable.getReader();
    const text = (await reader.read()).value;
    const binary = (await reader.read()).value;
    socket.close({ closeCode: 4321, reason: 'good bye' });
    const { closeCode, reason } = await socket.closed;
    const late = await writer.write('late').catch((error) => error.name);
    const kind = [socket instanceof WebSocketStream, socket.constructor === WebSocketStream, Object.keys(socket)];
    return { text, bytes: [...new Uint8Array(binary)], protocol, closeCode, reason, late, kind };
  });
  expect(result).toMatchObject({ text: '안녕', bytes: [1, 2, 3], protocol: 'lens.v1', kind: [true, true, []] });
  expect(
    events.flatMap((event) =>
      event.kind === 'message' ? [[event.direction, event.type, event.payloadBytes, event.text ?? event.bytes]] : [],
    ),
  ).toEqual([
    ['sent', 'text', 6, '안녕'],
    ['sent', 'binary', 3, Uint8Array.of(1, 2, 3)],
    ['received', 'text', 6, '안녕'],
    ['received', 'binary', 3, Uint8Array.of(1, 2, 3)],
  ]);
  expect(events[0]).toMatchObject({ kind: 'connect', api: 'websocket-stream', url: expect.stringMatching(/\/ws$/) });
  expect(events[1]).toMatchObject({ kind: 'open', protocol: 'lens.v1', extensions: 'permessage-deflate' });
  expect(events.at(-1)).toMatchObject({ kind: 'close', code: result.closeCode, reason: result.reason, wasClean: true });
});

test.each(['refused', 'aborted', 'cut'] as const)('%s: errors are native, and the end is told once', async (how) => {
  const { result, events } = await compare(async (how) => {
    const { WebSocketStream } = window as never as { WebSocketStream: StreamConstructor };
    const unhandled: unknown[] = [];
    addEventListener('unhandledrejection', ({ reason }) => unhandled.push(String(reason)));
    const abort = new AbortController();
    const url = `ws://${location.host}${how === 'refused' ? '/json' : '/ws'}`;
    const socket = new WebSocketStream(url, { signal: abort.signal });
    if (how === 'aborted') abort.abort();
    if (how === 'cut') await (await socket.opened).writable.getWriter().write('cut');
    const ends = await Promise.allSettled(how === 'cut' ? [socket.closed] : [socket.opened, socket.closed]);
    await new Promise((resolve) => setTimeout(resolve));
    return {
      ends: ends.map((end) => (end.status === 'rejected' ? [end.reason.name, end.reason.message] : end.value)),
      unhandled,
    };
  }, how);
  expect(result.unhandled).toEqual([]);
  const kinds = how === 'cut' ? ['connect', 'open', 'message', 'close'] : ['connect', 'close'];
  expect(events.map(({ kind }) => kind)).toEqual(kinds);
  expect(events.at(-1)).toMatchObject({ code: 1006, wasClean: false });
});
