import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createTestServer, type TestServer } from '../../test-server/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(server.url + path, init);
  const text = await response.text();
  return { status: response.status, error: text ? JSON.parse(text).error : null, headers: response.headers };
}

/** Sends bytes as they are and reads until the server closes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

test.each([
  ['/nothing', 'path'],
  ['/assets/nothing.js', 'path'],
  ['/assets/..%2F..%2Fserver.js', 'path'],
  ['/truth/nobody', 'run'],
  ['/poll?run=nobody', 'run'],
])('GET %s is 404 and names "%s"', async (path, field) => {
  expect(await ask(path)).toMatchObject({ status: 404, error: { status: 404, field } });
});

test.each([
  ['DELETE', '/poll', 'GET, HEAD'],
  ['PUT', '/sse', 'GET, POST, HEAD'],
  ['GET', '/publish', 'POST'],
  ['GET', '/beacon', 'POST'],
])('%s %s is 405 with Allow: %s', async (method, path, allow) => {
  const { status, headers, error } = await ask(path, { method });
  expect({ status, allow: headers.get('allow'), field: error.field }).toEqual({ status: 405, allow, field: 'method' });
});

test.each([
  ['/poll?since=abc', 'since'],
  ['/poll?since=-1', 'since'],
  ['/poll?since=1e3', 'since'],
  ['/poll?since=1.5', 'since'],
  ['/poll?since=999999999', 'since'],
  ['/poll?empty=500', 'empty'],
  ['/poll?mode=all', 'mode'],
  ['/long-poll?timeout=0', 'timeout'],
  ['/long-poll?timeout=999999', 'timeout'],
  ['/long-poll?onTimeout=never', 'onTimeout'],
  ['/sse?retry=-5', 'retry'],
  ['/sse?keepalive=NaN', 'keepalive'],
  ['/sse?repeat=1.5', 'repeat'],
  ['/sse?named=perhaps', 'named'],
  ['/stream?since=x', 'since'],
  ['/race?seconds=1&rate=0', 'rate'],
  ['/race?seconds=1&payload=7', 'payload'],
  ['/race?seconds=1&payload=1048577', 'payload'],
  ['/race?seconds=1&kind=recorded&times=5,3', 'times'],
  ['/race?seconds=1&delayUp=-1', 'delayUp'],
  ['/race?seconds=1&errorRate=2', 'errorRate'],
])('GET %s is 400 and names "%s"', async (path, field) => {
  expect(await ask(path)).toMatchObject({ status: 400, error: { status: 400, field } });
});

test('a Last-Event-ID of another run is 400', async () => {
  const answer = await ask('/sse', { headers: { 'Last-Event-ID': 'r9-9-9' } });
  expect(answer).toMatchObject({ status: 400, error: { field: 'Last-Event-ID' } });
});

test('bodies: no JSON is 400, more than 64 kB is 413', async () => {
  const publish = (body: string) => ask('/publish', { method: 'POST', body });
  expect(await publish('{"a":')).toMatchObject({ status: 400, error: { field: 'body' } });
  expect(await publish('')).toMatchObject({ status: 400, error: { field: 'body' } });
  expect(await publish(JSON.stringify('x'.repeat(65_534)))).toMatchObject({ status: 200 });
  expect(await publish(JSON.stringify('x'.repeat(65_535)))).toMatchObject({ status: 413, error: { field: 'body' } });
  expect(await ask('/runs', { method: 'POST', body: '[1]' })).toMatchObject({ status: 400, error: { field: 'body' } });
  const unknown = await ask('/runs', { method: 'POST', body: '{"kind":"quantum"}' });
  expect(unknown).toMatchObject({ status: 400, error: { field: 'kind' } });
});

test('HEAD has a head and no body, of streams too', async () => {
  for (const path of ['/', '/poll', '/sse', '/stream', '/truth/live']) {
    const response = await fetch(server.url + path, { method: 'HEAD' });
    expect({ path, status: response.status, body: await response.text() }).toEqual({ path, status: 200, body: '' });
  }
});

test('events older than the history are 410 with the oldest id', async () => {
  const run = server.createRun({ kind: 'idle', history: 2 });
  for (let index = 0; index < 5; index += 1) server.publish(index);
  const gone = { status: 410, error: { field: 'since', oldestId: `${run}-4`, oldestSeq: 4 } };
  expect(await ask(`/poll?run=${run}&since=2`)).toMatchObject(gone);
  expect(await ask(`/sse?run=${run}`, { headers: { 'Last-Event-ID': `${run}-1` } })).toMatchObject(gone);
  expect((await fetch(`${server.url}/poll?run=${run}&since=3`)).status).toBe(200);
});

const upgrade = (lines: string[], path = '/ws') =>
  raw(
    [`GET ${path} HTTP/1.1`, 'Host: test', 'Connection: Upgrade', 'Upgrade: websocket', ...lines, '', ''].join('\r\n'),
  );

test('malformed upgrades are 400; an upgrade elsewhere is 404; an old version is told the right one', async () => {
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  const version = 'Sec-WebSocket-Version: 13';
  expect(await upgrade([version])).toMatch(/^HTTP\/1.1 400 /);
  expect(await upgrade([version, 'Sec-WebSocket-Key: short'])).toMatch(/^HTTP\/1.1 400 /);
  expect(await upgrade([key, 'Sec-WebSocket-Version: 7'])).toMatch(/^HTTP\/1.1 (400|426) /);
  expect(await upgrade([key, version], '/elsewhere')).toMatch(/^HTTP\/1.1 404 /);
  expect(await upgrade([key, version], '/ws?closeCode=1005')).toMatch(/^HTTP\/1.1 400 [\s\S]*"field":"closeCode"/);
  expect(await upgrade([key, version], '/ws?format=xml')).toMatch(/^HTTP\/1.1 400 [\s\S]*"field":"format"/);
});

test('a subprotocol that is not known is not agreed to (RFC 6455 §4.2.2)', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, ['mqtt']);
  const [error] = await once(socket, 'error');
  expect(error.message).toContain('subprotocol');
});

test('a WebSocket message of more than 64 kB closes with 1009, broken frames with 1002', async () => {
  const url = `${server.url.replace('http', 'ws')}/ws?mode=echo`;
  const large = new WebSocket(url);
  await once(large, 'open');
  large.send('x'.repeat(65_537));
  expect((await once(large, 'close'))[0]).toBe(1009);
  const broken = new WebSocket(url);
  await once(broken, 'open');
  (broken as unknown as { _socket: NodeJS.WritableStream })._socket.write(Buffer.from([0xff, 0xff, 0, 0]));
  expect((await once(broken, 'close'))[0]).toBe(1002);
});

test('what is no HTTP is 400 and changes nothing', async () => {
  expect(await raw('\x16\x03\x01\x02\x00hello')).toMatch(/^HTTP\/1.1 400 /);
  expect(await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
  expect(await raw('GET /%zz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n')).toMatch(
    /400 [\s\S]*"field":"target"/,
  );
  expect((await fetch(`${server.url}/poll`)).status).toBe(200);
});
