import { expect, test } from 'vitest';
import type { PageEvent } from '../../src/protocol.ts';
import { STREAM_BYTES_PER_S } from '../../src/protocol.ts';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

const chunksOf = (events: PageEvent[], id = 1) =>
  events.flatMap((event) => (event.kind === 'chunk' && event.id === id ? [event] : []));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
/** Cut in the middle of 안 and of 녕. */
const UTF8 = new TextEncoder().encode('data: 안녕\n\ndata: é\n\n');
const CUT = [UTF8.slice(0, 7), UTF8.slice(7, 11), UTF8.slice(11)].map(hex).join();
/** The same two syllables in EUC-KR, cut in the first. */
const EUC_KR = 'be,c8b3e7';

/** Runs in the page: reads a response of pieces, one read a piece, and returns what the pieces say. */
async function readPieces(url: string, how: 'reader' | 'byob' | 'for await' | 'clone') {
  const response = await fetch(url);
  const key = new URL(response.url).searchParams.get('key');
  const next = () => fetch(`/release?key=${key}`);
  const sizes: number[] = [];
  if (how === 'for await' || how === 'clone') {
    const read = async (stream: ReadableStream<Uint8Array>) => {
      for await (const part of stream) {
        sizes.push(part.length);
        if (how === 'for await') await next();
      }
    };
    if (how === 'for await') await read(response.body!);
    else {
      const both = [response.clone(), response].map(({ body }) => read(body!));
      for (let i = 0; i < 3; i++) await next();
      await Promise.all(both);
    }
  } else {
    const reader = response.body!.getReader(how === 'byob' ? ({ mode: 'byob' } as never) : undefined);
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(64) as never);
      if (done) break;
      sizes.push(value!.length);
      await next();
    }
  }
  return sizes.reduce((sum, size) => sum + size, 0);
}

test.each(['reader', 'byob', 'for await', 'clone'] as const)(
  'an event stream read by %s is told as text, whole though its characters are split',
  async (how) => {
    const url = `/pieces?key=${encodeURIComponent(how)}&type=text/event-stream&hex=${CUT}`;
    const { result, events } = await compare(readPieces, url, how);
    expect(result).toBe(UTF8.length * (how === 'clone' ? 2 : 1));
    const chunks = chunksOf(events);
    expect(chunks.map(({ text }) => text).join('')).toBe('data: 안녕\n\ndata: é\n\n');
    expect(chunks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(UTF8.length);
    if (how !== 'clone') expect(chunks.map(({ text }) => text)).toEqual(['data: ', '안', '녕\n\ndata: é\n\n']);
  },
);

test.each(['application/x-ndjson', 'application/json-seq', 'multipart/x-mixed-replace; boundary=x', 'text/plain'])(
  'a stream of %s is told as text',
  async (type) => {
    const url = `/pieces?key=type&type=${encodeURIComponent(type)}&hex=7b7d0a,5b5d0a`;
    const { events } = await compare(readPieces, url, 'reader');
    expect(chunksOf(events).map(({ text }) => text)).toEqual(['{}\n', '[]\n']);
  },
);

test('a stream is decoded by the charset it names', async () => {
  const type = encodeURIComponent('text/plain; Charset="euc-kr"');
  const { events } = await compare(readPieces, `/pieces?key=charset&type=${type}&hex=${EUC_KR}`, 'reader');
  expect(chunksOf(events).map(({ text }) => text)).toEqual(['', '안녕']);
});

test('what is no text, or is read whole, is told without text', async () => {
  const { result, events } = await compare(async () => {
    const reader = (await fetch('/flood?key=binary&max=100000')).body!.getReader();
    let bytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    await (await fetch('/json')).json();
    await (await fetch('/json')).text();
    return bytes;
  });
  expect(chunksOf(events).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(result);
  expect(new Set(chunksOf(events).map(({ text }) => text))).toEqual(new Set([null]));
  expect([...chunksOf(events, 2), ...chunksOf(events, 3)]).toEqual([]);
});

test('of a large download only so much a second is told as text; its bytes are all counted', async () => {
  const { result, events } = await compare(async () => {
    const startedAt = performance.now();
    const reader = (await fetch('/chunks?count=800&bytes=65536')).body!.getReader();
    let bytes = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    return { bytes, isQuick: performance.now() - startedAt < 20_000 };
  });
  expect(result).toEqual({ bytes: 52_428_800, isQuick: true });
  const chunks = chunksOf(events);
  expect(chunks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(result.bytes);
  const seconds = (chunks.at(-1)!.at - chunks[0]!.at) / 1000;
  const told = chunks.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
  expect(told).toBeGreaterThan(STREAM_BYTES_PER_S / 2);
  expect(told).toBeLessThanOrEqual(STREAM_BYTES_PER_S * (1 + seconds));
});

test.each(['', 'text', 'json', 'arraybuffer'] as const)(
  'an XMLHttpRequest with responseType "%s" grows as text where the browser keeps it as text',
  async (responseType) => {
    const { result, events } = await compare(
      async (url, responseType) => {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', url);
        xhr.responseType = responseType;
        const sizes: number[] = [];
        const ended = new Promise((resolve) => xhr.addEventListener('loadend', resolve));
        xhr.addEventListener('progress', ({ loaded }) => {
          if (loaded > (sizes.at(-1) ?? 0)) {
            sizes.push(loaded);
            void fetch('/release?key=xhr');
          }
        });
        xhr.send();
        await ended;
        return sizes;
      },
      `/pieces?key=xhr&type=text/event-stream&hex=${CUT}`,
      responseType,
    );
    expect(result).toEqual([7, 11, UTF8.length]);
    const isText = responseType === '' || responseType === 'text';
    const texts = isText ? ['data: ', '안', '녕\n\ndata: é\n\n'] : [null, null, null];
    expect(chunksOf(events).map(({ text }) => text)).toEqual(texts);
  },
);
