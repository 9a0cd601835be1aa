import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageEvent } from '../../src/protocol.ts';
import { useSideBySide } from '../support/side-by-side.ts';
import { startWebTransportServer, type WebTransportServer } from '../support/webtransport/server.ts';

const { compare } = useSideBySide();
let server: WebTransportServer;
beforeAll(async () => {
  server = await startWebTransportServer();
});
afterAll(() => server.close());

const messagesOf = (events: PageEvent[]) =>
  events.flatMap((event) =>
    event.kind === 'message'
      ? [[event.direction, event.type, event.payloadBytes, Buffer.from(event.bytes ?? []).toString()]]
      : [],
  );

/** Runs in the page: a session, used in one way, and what came of it. */
async function useSession(how: string, url: string, hash: number[]) {
  const transport = new WebTransport(url, {
    serverCertificateHashes: [{ algorithm: 'sha-256', value: Uint8Array.from(hash) }],
  });
  await transport.ready;
  const encode = (text: string) => new TextEncoder().encode(text);
  const decode = (value: unknown) => new TextDecoder().decode(value as Uint8Array);
  const readAll = async (stream: ReadableStream) => {
    let text = '';
    for await (const part of stream) text += decode(part);
    return text;
  };
  const seen: unknown[] = [transport instanceof WebTransport, Object.keys(transport)];
  const datagrams = transport.datagrams.writable.getWriter();
  if (how === 'datagrams') {
    const reader = transport.datagrams.readable.getReader();
    await datagrams.write(encode('ping'));
    await datagrams.write(new DataView(encode('-pong').buffer, 1));
    seen.push(decode((await reader.read()).value), decode((await reader.read()).value));
  }
  if (how === 'both ways') {
    const stream = await transport.createBidirectionalStream();
    const writer = stream.writable.getWriter();
    const read = readAll(stream.readable);
    await writer.write(encode('hello '));
    await writer.write(encode('there'));
    await writer.close();
    seen.push(await read, await writer.write(encode('late')).catch((error) => error.name));
    seen.push(stream instanceof WebTransportBidirectionalStream);
  }
  if (how === 'one way') {
    const stream = await transport.createUnidirectionalStream();
    const writer = stream.getWriter();
    await writer.write(encode('one way'));
    await writer.close();
    const incoming = transport.incomingUnidirectionalStreams.getReader();
    seen.push(await readAll((await incoming.read()).value));
  }
  if (how === 'opened by the server') {
    await datagrams.write(encode('open'));
    for await (const stream of transport.incomingBidirectionalStreams) {
      const reader = stream.readable.getReader();
      seen.push(decode((await reader.read()).value));
      const writer = stream.writable.getWriter();
      await writer.write(encode('welcome'));
      break;
    }
  }
  if (how === 'closed by the server') {
    await datagrams.write(encode('close'));
    const { closeCode, reason } = await transport.closed;
    seen.push(closeCode, reason, await transport.createUnidirectionalStream().catch((error) => error.name));
    return seen;
  }
  transport.close({ closeCode: 7, reason: 'enough' });
  const { closeCode, reason } = await transport.closed;
  return [...seen, closeCode, reason];
}

const MINE = [7, 'enough'];
test.each([
  [
    'datagrams',
    ['ping', 'pong', ...MINE],
    [
      ['sent', 'datagram', 4, 'ping'],
      ['sent', 'datagram', 4, 'pong'],
      ['received', 'datagram', 4, 'ping'],
      ['received', 'datagram', 4, 'pong'],
    ],
  ],
  [
    'one way',
    ['one way', ...MINE],
    [
      ['sent', 'stream', 7, 'one way'],
      ['received', 'stream', 7, 'one way'],
    ],
  ],
  [
    'opened by the server',
    ['from the server', ...MINE],
    [
      ['sent', 'datagram', 4, 'open'],
      ['received', 'stream', 15, 'from the server'],
      ['sent', 'stream', 7, 'welcome'],
    ],
  ],
  ['closed by the server', [4321, 'good bye', 'InvalidStateError'], [['sent', 'datagram', 5, 'close']]],
])('%s: as natively, and each message is told', async (how, seen, messages) => {
  const { result, events } = await compare(useSession, how, server.url, server.certificateHash);
  expect(result).toEqual([true, [], ...seen]);
  expect(messagesOf(events)).toEqual(messages);
  expect(events[0]).toMatchObject({ kind: 'connect', api: 'webtransport', url: server.url });
  expect(events[1]).toMatchObject({ kind: 'open' });
  const [code, reason] = how === 'closed by the server' ? [4321, 'good bye'] : MINE;
  expect(events.at(-1)).toMatchObject({ kind: 'close', code, reason, wasClean: true });
});

test('both ways: what is read and written on a stream is told, what is written after its end is not', async () => {
  const { result, events } = await compare(useSession, 'both ways', server.url, server.certificateHash);
  expect(result).toEqual([true, [], 'hello there', 'TypeError', true, ...MINE]);
  const told = (direction: string) => messagesOf(events).flatMap(([to, , , text]) => (to === direction ? [text] : []));
  expect(told('sent')).toEqual(['hello ', 'there']);
  expect(told('received').join('')).toBe('hello there');
});

test('a session that fails: the errors and their number are native, and its end is told once', async () => {
  const { result, events } = await compare(async () => {
    const unhandled: unknown[] = [];
    const told = new Promise<void>((resolve) =>
      addEventListener('unhandledrejection', ({ reason }) => {
        unhandled.push(String(reason));
        resolve();
      }),
    );
    const wrong = [];
    for (const url of ['http://127.0.0.1/', 'https://127.0.0.1:9/#hash', 'nonsense'])
      try {
        wrong.push(String(new WebTransport(url)));
      } catch (error) {
        wrong.push(`${error}`);
      }
    try {
      (WebTransport as never as (url: string) => void)('https://127.0.0.1:9/');
    } catch (error) {
      wrong.push(`${error}`);
    }
    const transport = new WebTransport('https://127.0.0.1:9/');
    const early = await transport.createBidirectionalStream().catch((error) => error.name);
    const ends = await Promise.allSettled([transport.ready, transport.closed]);
    const reading = await transport.datagrams.readable
      .getReader()
      .read()
      .catch((error) => error.name);
    const late = await transport.createUnidirectionalStream().catch((error) => error.name);
    void transport.createUnidirectionalStream();
    await told;
    const reasons = ends.map((end) => (end.status === 'rejected' ? [end.reason.name, end.reason.message] : end.status));
    return { wrong, early, reasons, reading, late, unhandled };
  });
  expect(result.reasons[0]).toEqual(['WebTransportError', 'Opening handshake failed.']);
  expect(result.wrong).toHaveLength(4);
  expect(result.unhandled).toHaveLength(1);
  expect(events.map(({ kind }) => kind)).toEqual(['connect', 'close']);
  expect(events[1]).toMatchObject({ code: null, wasClean: false });
});
