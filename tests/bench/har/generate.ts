import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom, type Random } from '../../../test-server/random.ts';

/** What a recording is made of. */
export type Kind = 'page' | 'polls' | 'socket';

const T0 = Date.UTC(2026, 0, 1);
const SEED = 7;
const HEADERS = Array.from({ length: 18 }, (_, i) => ({
  name: `x-header-${i}`,
  value: `value number ${i}, of a usual length: some sixty characters long`,
}));

/** Writes a HAR as Chromium exports it, of so many bytes or a little more. */
export async function generateHar(path: string, bytes: number, kind: Kind): Promise<void> {
  const file = createWriteStream(path);
  let written = 0;
  const write = async (text: string) => {
    written += Buffer.byteLength(text);
    if (!file.write(text)) await once(file, 'drain');
  };
  const random = createRandom(SEED);
  await write('{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[');
  for (let i = 0; written < bytes; i++) await write(`${i === 0 ? '' : ','}${JSON.stringify(MAKERS[kind](i, random))}`);
  await write(']}}');
  file.end();
  await once(file, 'close');
}

const MAKERS: Record<Kind, (i: number, random: Random) => object> = {
  // A page with its parts, which most of any recording is, and what it asks for again and again.
  page: (i, random) =>
    i % 20 === 0
      ? script(i, random)
      : i % 20 === 1
        ? picture(i, random)
        : i % 400 === 2
          ? socket(i, 500, random)
          : poll(i, random),
  // Nothing but answers to compare, each with something new in it: the worst case.
  polls: poll,
  // Sockets with many messages.
  socket: (i, random) => socket(i, 5000, random),
};

function entry(i: number, type: string, path: string, mimeType: string, text: string, encoding?: string): object {
  return {
    _resourceType: type,
    startedDateTime: new Date(T0 + i * 100).toISOString(),
    time: 42.5,
    request: {
      method: 'GET',
      url: `https://app.test${path}`,
      httpVersion: 'HTTP/1.1',
      headers: HEADERS,
      queryString: [],
      cookies: [],
      headersSize: 900,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: HEADERS,
      cookies: [],
      content: { size: text.length, mimeType, text, ...(encoding === undefined ? {} : { encoding }) },
      redirectURL: '',
      headersSize: 700,
      bodySize: text.length,
    },
    cache: {},
    timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 0.1, wait: 40, receive: 1 },
  };
}

function poll(i: number, random: Random): object {
  const items = Array.from({ length: 30 }, (_, k) => ({
    id: i * 30 + k,
    name: `item ${k}`,
    price: Math.floor(random() * 1e5),
    note: 'some "quoted" text — 한국어',
  }));
  return entry(
    i,
    'fetch',
    `/api/channel-${i % 40}?since=${i}`,
    'application/json',
    JSON.stringify({ items, at: T0 + i * 100 }),
  );
}

const LINE =
  'function example(argument) {\n\treturn argument === "quoted" ? { value: [1, 2, 3] } : null; // as bundles look\n}\n';
const script = (i: number, random: Random): object =>
  entry(i, 'script', `/bundle-${i}.js`, 'text/javascript', LINE.repeat(1000 + Math.floor(random() * 1000)));

const picture = (i: number, random: Random): object =>
  entry(
    i,
    'image',
    `/picture-${i}.webp`,
    'image/webp',
    Buffer.from(Array.from({ length: 60_000 }, () => random() * 256)).toString('base64'),
    'base64',
  );

function socket(i: number, messages: number, random: Random): object {
  const head = entry(i, 'websocket', '/live', 'x-unknown', '') as {
    request: { url: string };
    response: { status: number };
    time: number;
  };
  head.request.url = 'wss://app.test/live';
  head.response.status = 101;
  head.time = messages * 10;
  const _webSocketMessages = Array.from({ length: messages }, (_, k) => ({
    type: k % 5 === 0 ? 'send' : 'receive',
    time: (T0 + i * 100 + k * 10) / 1000,
    opcode: 1,
    data: JSON.stringify({
      type: 'tick',
      symbol: `S${Math.floor(random() * 40)}`,
      price: random() * 1000,
      ts: T0 + i * 100 + k * 10 - 20,
      text: 'x'.repeat(100),
    }),
  }));
  return { ...head, _webSocketMessages };
}
