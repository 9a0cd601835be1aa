import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createRouter } from '../../test-server/http/router.ts';
import { Taps } from '../../test-server/listener.ts';
import { routes } from '../../test-server/routes/index.ts';
import { Runs } from '../../test-server/runs.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import type { TechniqueTruth } from '../../test-server/truth.ts';
import { waitFor } from '../support/wait-for.ts';
import { startRecordingProxy } from './recording-proxy.ts';

let server: TestServer;
let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
let run: string;

beforeEach(async () => {
  server = await createTestServer();
  proxy = await startRecordingProxy(Number(new URL(server.url).port));
  run = server.createRun({ kind: 'idle' });
});

afterEach(async () => {
  proxy.close();
  await server.close();
});

const httpSent = (truth: TechniqueTruth) => truth.requestHeadBytes + truth.requestBodyBytes;
const httpReceived = (truth: TechniqueTruth) => truth.responseHeadBytes + truth.chunkFramingBytes + truth.bodyBytes;

/** Where heads end in an HTTP/1.1 recording: found by their blank lines alone. */
const headLength = (recording: Buffer) => recording.indexOf('\r\n\r\n') + 4;

test('polls and long polls of every outcome: heads and bodies are the bytes recorded', async () => {
  await fetch(`${proxy.url}/poll?run=${run}`).then((response) => response.text());
  server.publish('안녕, world');
  await fetch(`${proxy.url}/poll?run=${run}&since=0`).then((response) => response.text());
  await fetch(`${proxy.url}/poll?run=${run}&since=1&empty=204`);
  const conditional = { headers: { 'If-None-Match': '"1"' } };
  expect((await fetch(`${proxy.url}/poll?run=${run}&since=1&empty=304`, conditional)).status).toBe(304);
  expect((await fetch(`${proxy.url}/long-poll?run=${run}&since=1&timeout=20`)).status).toBe(503);

  const { techniques } = server.truth(run);
  const { polling, 'long-polling': longPolling } = techniques;
  expect({
    sent: httpSent(polling) + httpSent(longPolling),
    received: httpReceived(polling) + httpReceived(longPolling),
  }).toEqual(proxy.totals());
  expect(polling).toMatchObject({ requests: 4, completedResponses: 4, useful: 1, wasted: 2, messages: 1 });
  expect(server.truth(run).exchanges.map(({ outcome }) => outcome)).toEqual([
    'baseline',
    'useful',
    'wasted',
    'wasted',
    'baseline',
  ]);
});

test('a chunked SSE stream with keepalives and events of many lengths', async () => {
  const query = `run=${run}&keepalive=30&retry=500&named=1&closeAfter=200`;
  const response = await fetch(`${proxy.url}/sse?${query}`);
  for (const length of [1, 15, 16, 255, 4096, 70_000]) server.publish('x'.repeat(length));
  await response.text();
  const { sse } = server.truth(run).techniques;
  const [{ received, sent }] = proxy.recordings as [(typeof proxy.recordings)[0]];
  expect(sse).toMatchObject({ messages: 6, completedResponses: 1, open: 0 });
  expect(sse.comments).toBeGreaterThan(1);
  expect(sse.responseHeadBytes).toBe(headLength(received));
  expect(sse.requestHeadBytes).toBe(sent.length);
  expect(httpReceived(sse)).toBe(received.length);
});

test('a POST with a body, answered as a stream', async () => {
  const abort = new AbortController();
  const body = JSON.stringify({ subscribe: ['news'] });
  await fetch(`${proxy.url}/sse?run=${run}`, { method: 'POST', body, signal: abort.signal });
  const { sse } = server.truth(run).techniques;
  expect(sse.requestBodyBytes).toBe(body.length);
  expect(httpSent(sse)).toBe(proxy.totals().sent);
  abort.abort();
});

test.each(['', '&deflate=1'])('WebSocket frames both ways, with their headers%s', async (deflate) => {
  const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/ws?run=${run}&ping=20${deflate}`);
  let messages = 0;
  socket.on('message', () => {
    messages += 1;
  });
  await once(socket, 'open');
  for (const length of [0, 100, 126, 5000, 70_000]) server.publish('y'.repeat(length));
  for (const length of [0, 125, 126, 60_000]) socket.send('z'.repeat(length));
  const truth = () => server.truth(run).techniques.websocket;
  await waitFor(() => messages === 5 && truth().messagesSent === 4);
  await waitFor(() => truth().framesSent > 5);
  socket.close();
  await waitFor(() => truth().open === 0 && proxy.recordings[0]!.closed);

  const { sent, received } = proxy.recordings[0]!;
  const { websocket } = server.truth(run).techniques;
  expect(websocket.requestHeadBytes).toBe(headLength(sent));
  expect(websocket.responseHeadBytes).toBe(headLength(received));
  expect(headLength(sent) + websocket.frameHeaderBytesSent + websocket.framePayloadBytesSent).toBe(sent.length);
  expect(headLength(received) + websocket.frameHeaderBytesReceived + websocket.framePayloadBytesReceived).toBe(
    received.length,
  );
  expect(received.includes('permessage-deflate')).toBe(deflate !== '');
  for (const event of server.truth(run).events) expect(event.written.websocket).toBeGreaterThan(event.emittedAt);
});

test('"Hello" twice takes 7 and then 5 bytes with context takeover (RFC 7692 §7.2.3)', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws?run=${run}&mode=echo&deflate=1`);
  await once(socket, 'open');
  const sizes: number[] = [];
  for (let round = 0; round < 2; round += 1) {
    const before = server.truth(run).techniques.websocket.framePayloadBytesReceived;
    socket.send('Hello');
    await once(socket, 'message');
    sizes.push(server.truth(run).techniques.websocket.framePayloadBytesReceived - before);
  }
  socket.close();
  expect(sizes).toEqual([7, 5]);
});

test('HTTP/2: HEADERS and DATA frames are those of a cleartext recording', async () => {
  const runs = new Runs();
  const http2 = createHttp2Server();
  http2.on('request', createRouter(routes, runs) as never);
  const taps = new Taps(runs, { http1: createServer(), http2 });
  const tcp = createTcpServer((socket) => taps.serveHttp2(socket, socket)).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const relay = await startRecordingProxy((tcp.address() as AddressInfo).port);
  const idle = runs.fromParams(new URLSearchParams({ kind: 'idle' }));
  const session = connectHttp2(relay.url);
  const get = async (path: string): Promise<void> => {
    const stream = session.request({ ':path': path });
    stream.resume();
    await once(stream, 'end');
  };
  await get(`/poll?run=${idle.id}`);
  idle.publish('p'.repeat(40_000));
  await get(`/poll?run=${idle.id}&since=0`);
  await get(`/long-poll?run=${idle.id}&since=1&timeout=20`);
  const post = session.request({ ':path': `/sse?run=${idle.id}`, ':method': 'POST' });
  post.end('{"subscribe":true}');
  post.resume();
  await once(post, 'response');
  idle.publish('and one more');
  await waitFor(() => idle.truth().techniques.sse.messages === 1);
  session.destroy();
  await waitFor(() => relay.recordings[0]!.closed && idle.truth().techniques.sse.open === 0);

  const { polling, 'long-polling': longPolling, sse } = idle.truth().techniques;
  const counted = [polling, longPolling, sse].reduce((sum, truth) => sum + httpSent(truth) + httpReceived(truth), 0);
  const { sent, received } = relay.recordings[0]!;
  expect(counted).toBe(headersAndData(sent.subarray(24)) + headersAndData(received));
  expect(polling).toMatchObject({ requests: 2, completedResponses: 2, useful: 1, wasted: 0, messages: 1 });
  expect(idle.truth().exchanges.map(({ status }) => status)).toEqual([200, 200, 503, 200]);
  relay.close();
  tcp.close();
});

/** Σ 9 + length over the HEADERS (1) and DATA (0) frames of a recording (RFC 9113 §4.1). */
function headersAndData(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3]! <= 1) sum += 9 + bytes.readUIntBE(at, 3);
  }
  return sum;
}
