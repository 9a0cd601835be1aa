import { expect, test } from 'vitest';
import type { PageEvent } from '../../src/protocol.ts';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide({ wanted: { textChars: 10, binaryBytes: 8, stacks: false } });

const messagesOf = (events: PageEvent[], direction: 'sent' | 'received') =>
  events.flatMap((event) => (event.kind === 'message' && event.direction === direction ? [event] : []));

/** Runs in the page: sends what `make` makes, and returns what came back, as bytes. */
async function echo(binaryType: BinaryType, what: string) {
  const make: Record<string, () => Parameters<WebSocket['send']>[0]> = {
    buffer: () => Uint8Array.from({ length: 20 }, (_, i) => i).buffer,
    view: () => new Uint8Array(Uint8Array.from({ length: 20 }, (_, i) => i).buffer, 3, 5),
    words: () => new Uint16Array(Uint8Array.from({ length: 20 }, (_, i) => i).buffer, 2, 6),
    dataView: () => new DataView(Uint8Array.from({ length: 20 }, (_, i) => i).buffer, 10),
    empty: () => new Uint8Array(0),
    blob: () => new Blob([Uint8Array.from({ length: 20 }, (_, i) => i)]),
  };
  const socket = new WebSocket(`ws://${location.host}/ws`);
  socket.binaryType = binaryType;
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const payload = make[what]!();
  socket.send(payload);
  const answer = await new Promise<unknown>((resolve) => {
    socket.onmessage = ({ data }) => resolve(data);
  });
  const bytes = answer instanceof Blob ? await answer.arrayBuffer() : (answer as ArrayBuffer);
  const isUntouched = payload instanceof ArrayBuffer ? payload.byteLength === 20 : true;
  // The heads of Blobs are read in the browser's own time.
  await new Blob(['x']).arrayBuffer();
  return { bytes: [...new Uint8Array(bytes)], isUntouched };
}

test.each([
  ['buffer', 20, [0, 1, 2, 3, 4, 5, 6, 7]],
  ['view', 5, [3, 4, 5, 6, 7]],
  ['words', 12, [2, 3, 4, 5, 6, 7, 8, 9]],
  ['dataView', 10, [10, 11, 12, 13, 14, 15, 16, 17]],
  ['empty', 0, []],
])('of a binary message (%s) the size and a copy of its head are told', async (what, size, head) => {
  const { result, events } = await compare(echo, 'arraybuffer', what);
  expect(result).toMatchObject({ bytes: { length: size }, isUntouched: true });
  for (const direction of ['sent', 'received'] as const)
    expect(messagesOf(events, direction)).toMatchObject([
      { type: 'binary', payloadBytes: size, text: null, bytes: Uint8Array.from(head), contentId: null },
    ]);
});

test('of a Blob the size is told at once, and a copy of its head when the browser has read it', async () => {
  const { result, events } = await compare(echo, 'blob', 'blob');
  expect(result.bytes).toHaveLength(20);
  const messages = [...messagesOf(events, 'sent'), ...messagesOf(events, 'received')];
  expect(messages).toMatchObject(Array(2).fill({ type: 'binary', payloadBytes: 20, text: null, bytes: null }));
  const contents = events.filter(({ kind }) => kind === 'content');
  expect(contents).toHaveLength(2);
  for (const { id, contentId } of messages)
    expect(contents).toContainEqual(
      expect.objectContaining({ id, contentId, bytes: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7) }),
    );
});

test('so many Blobs at once that not all can be read: each is told, and those read are what they were', async () => {
  const { events } = await compare(async () => {
    const socket = new WebSocket(`ws://${location.host}/ws?sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    for (let i = 0; i < 100; i++) socket.send(new Blob([Uint8Array.of(i)]));
    await new Blob(['x']).arrayBuffer();
  });
  const messages = messagesOf(events, 'sent');
  expect(messages.map(({ payloadBytes }) => payloadBytes)).toEqual(Array(100).fill(1));
  const read = messages.flatMap(({ contentId }, i) => (contentId === null ? [] : [[contentId, i]]));
  expect(read).toHaveLength(16);
  const contents = events.flatMap((event) => (event.kind === 'content' ? [[event.contentId, event.bytes[0]]] : []));
  expect(contents.sort()).toEqual(read.sort());
});

test('of a text as much is told as is wanted, and its whole size', async () => {
  const { events } = await compare(async () => {
    const socket = new WebSocket(`ws://${location.host}/ws?sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    for (const text of ['short', 'exactly 10', 'longer than that', '안녕하세요 여러분, 반갑습니다', ''])
      socket.send(text);
  });
  expect(messagesOf(events, 'sent').map(({ text, payloadBytes }) => [text, payloadBytes])).toEqual([
    ['short', 5],
    ['exactly 10', 10],
    ['longer tha', 16],
    ['안녕하세요 여러분,', 42],
    ['', 0],
  ]);
});

test('a socket that takes less than it is given tells its peaks, each at least twice the last', async () => {
  const { result, events } = await compare(async () => {
    const socket = new WebSocket(`ws://${location.host}/ws?sink`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    const amounts: number[] = [];
    for (let i = 0; i < 32; i++) {
      socket.send(new Uint8Array(20_000));
      amounts.push(socket.bufferedAmount);
    }
    return amounts;
  });
  expect(result).toEqual(Array.from({ length: 32 }, (_, i) => 20_000 * (i + 1)));
  expect(events.flatMap((event) => (event.kind === 'buffered' ? [event.bytes] : []))).toEqual([
    80_000, 160_000, 320_000, 640_000,
  ]);
});
