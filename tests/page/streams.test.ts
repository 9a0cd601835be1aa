import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test('default, BYOB and for-await reading bring every byte, and each is told', async () => {
  const { result, events } = await compare(async () => {
    const sizes: Record<string, number> = {};
    const stream = async () => (await fetch('/chunks?count=20&bytes=1000')).body!;
    const reader = (await stream()).getReader();
    sizes.default = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) sizes.default += part.value.length;
    const byob = (await stream()).getReader({ mode: 'byob' });
    sizes.byob = 0;
    for (let part = await byob.read(new Uint8Array(300)); !part.done; part = await byob.read(new Uint8Array(300)))
      sizes.byob += part.value.length;
    sizes.forAwait = 0;
    for await (const part of await stream()) sizes.forAwait += part.length;
    sizes.values = 0;
    for await (const part of (await stream()).values({ preventCancel: true })) sizes.values += part.length;
    return sizes;
  });
  expect(result).toEqual({ default: 20_000, byob: 20_000, forAwait: 20_000, values: 20_000 });
  for (const id of [1, 2, 3, 4]) {
    const chunks = events.filter((event) => event.kind === 'chunk' && event.id === id);
    expect(chunks.reduce((sum, event) => sum + (event.kind === 'chunk' ? event.bytes : 0), 0)).toBe(20_000);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'end', id, outcome: 'done', bodyBytes: 20_000 }));
  }
});

test('pipeTo, pipeThrough, tee, clone and a re-wrapped body bring every byte', async () => {
  const { result, events } = await compare(async () => {
    const get = () => fetch('/chunks?count=5&bytes=1000');
    const collect = async (stream: ReadableStream<Uint8Array>) => (await new Response(stream).bytes()).length;
    const sizes: Record<string, unknown> = {};
    let piped = 0;
    await (await get()).body!.pipeTo(
      new WritableStream({
        write(part) {
          piped += part.length;
        },
      }),
    );
    sizes.pipeTo = piped;
    sizes.pipeThrough = await collect((await get()).body!.pipeThrough(new TransformStream()));
    sizes.decoded = await new Response(
      (await get()).body!.pipeThrough(new TextDecoderStream()).pipeThrough(new TextEncoderStream()),
    )
      .text()
      .then((text) => text.length);
    sizes.tee = await Promise.all((await get()).body!.tee().map(collect));
    const original = await get();
    const copy = original.clone();
    sizes.clone = [(await original.text()).length, (await copy.arrayBuffer()).byteLength];
    sizes.wrapped = (await new Response((await get()).body).blob()).size;
    return sizes;
  });
  expect(result).toEqual({
    pipeTo: 5000,
    pipeThrough: 5000,
    decoded: 5000,
    tee: [5000, 5000],
    clone: [5000, 5000],
    wrapped: 5000,
  });
  expect(events.filter(({ kind }) => kind === 'end')).toHaveLength(1);
  // Of what is handed on whole, that it is being read is told.
  const begun = events.filter((event) => event.kind === 'chunk' && event.bytes === 0);
  expect(begun.map((event) => event.kind === 'chunk' && event.id)).toEqual([1, 2, 3, 4]);
});

test('the bytes of a clone are told once', async () => {
  const { result, events } = await compare(async () => {
    const original = await fetch('/chunks?count=5&bytes=1000');
    const sizes = [0, 0];
    const read = async (stream: ReadableStream<Uint8Array>, i: number) => {
      for await (const part of stream) sizes[i]! += part.length;
    };
    await Promise.all([original.clone(), original].map((response, i) => read(response.body!, i)));
    return sizes;
  });
  expect(result).toEqual([5000, 5000]);
  expect(events.reduce((sum, event) => sum + (event.kind === 'chunk' ? event.bytes : 0), 0)).toBe(5000);
  expect(events.filter(({ kind }) => kind === 'end')).toEqual([expect.objectContaining({ bodyBytes: 5000 })]);
});

test.each(['reader', 'byob', 'stream', 'break', 'clones'] as const)(
  'cancelling by %s ends the exchange as aborted',
  async (how) => {
    const { result, events } = await compare(async (how) => {
      const response = await fetch('/held?key=cancel');
      const reading = {
        reader: () => response.body!.getReader(),
        byob: () => response.body!.getReader({ mode: 'byob' }),
      };
      if (how === 'stream') await response.body!.cancel('done');
      else if (how === 'break') for await (const _ of response.body!) break;
      else if (how === 'clones') {
        const copy = response.clone();
        await Promise.all([response.body!.cancel(), copy.body!.cancel()]);
      } else {
        const reader = reading[how]();
        await reader.read(new Uint8Array(9));
        await reader.cancel('done');
        return [response.bodyUsed, (await reader.read(new Uint8Array(9))).done];
      }
      return [response.bodyUsed, response.body!.locked];
    }, how);
    expect(result[0]).toBe(true);
    expect(events.filter(({ kind }) => kind === 'end')).toEqual([expect.objectContaining({ outcome: 'aborted' })]);
  },
);

test('what only looks like a cancel ends nothing', async () => {
  const { result, events } = await compare(async () => {
    const response = await fetch('/held?key=keep');
    const stream = response.body!;
    const released = stream.getReader();
    await released.read();
    const pending = released.read().catch((error) => error.name);
    released.releaseLock();
    const refused = [await pending, await released.cancel().catch((error) => error.name)];
    const iterator = stream.values({ preventCancel: true });
    await iterator.return!();
    const reader = stream.getReader();
    refused.push(await stream.cancel().catch((error) => error.name));
    refused.push(await released.read().catch((error) => error.name));
    await fetch('/release?key=keep');
    let tail = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) tail += part.value.length;
    return { refused, tail };
  });
  expect(result).toEqual({ refused: Array(4).fill('TypeError'), tail: 4 });
  expect(events.filter(({ kind, id }) => kind === 'end' && id === 1)).toEqual([
    expect.objectContaining({ outcome: 'done', bodyBytes: 9 }),
  ]);
});
