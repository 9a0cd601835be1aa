import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../test-server/random.ts';
import { createTestServer } from '../../test-server/server.ts';

const REQUESTS = 10_000;
const CONNECTIONS_AT_ONCE = 16;
const REQUESTS_PER_CONNECTION = 10;
const SEED = 20_261;

const PATHS = '/poll /long-poll /sse /stream /ws /beacon /ajax /publish /runs /truth/x /race / /assets/a.js /%'.split(
  ' ',
);
const KEYS =
  'run since timeout empty mode onTimeout retry keepalive repeat format deflate rate payload seconds kind'.split(' ');
const VALUES = ['', '0', '-1', '1', '1e999', 'NaN', '%00', '%zz', 'live', 'x'.repeat(300), '304', 'idle', '안'];
const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'get', '', 'G\x00T'];
const HEADERS = [
  'Host: a',
  'Upgrade: websocket\r\nConnection: Upgrade',
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99',
  'Last-Event-ID: live-\u00ff',
  'If-None-Match: "',
  'Content-Length: 5\r\n\r\n{"a":',
  'Content-Length: -1',
  'Transfer-Encoding: chunked\r\n\r\nzz\r\n',
  'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
  ': empty',
  'Connection: close',
];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function fuzzedRequest(random: Random): Buffer {
  const query = Array.from({ length: Math.floor(random() * 4) }, () => `${pick(random, KEYS)}=${pick(random, VALUES)}`);
  const lines = [`${pick(random, METHODS)} ${pick(random, PATHS)}?${query.join('&')} HTTP/1.${random() < 0.9 ? 1 : 0}`];
  for (let count = random() * 4; count > 1; count -= 1) lines.push(pick(random, HEADERS));
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const isMutated = random() < 0.3;
  if (isMutated) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  if (random() < 0.2) return Buffer.concat([bytes, Buffer.from(Array.from({ length: 40 }, () => random() * 256))]);
  return random() < 0.1 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
}

test(`${REQUESTS} fuzzed requests leave it serving`, async () => {
  const server = await createTestServer();
  const random = createRandom(SEED);
  const port = Number(new URL(server.url).port);
  let sent = 0;

  async function attack(): Promise<void> {
    while (sent < REQUESTS) {
      const socket = connect(port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.on('error', () => {});
      await once(socket, 'connect');
      for (let count = 0; count < REQUESTS_PER_CONNECTION; count += 1) {
        socket.write(fuzzedRequest(random));
        sent += 1;
      }
      // Wait until the server has read it all and answered something, or has closed.
      await Promise.race([once(socket, 'data').catch(() => {}), closed]);
      if (random() < 0.5) socket.resetAndDestroy();
      else socket.destroy();
      await closed;
    }
  }

  await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, attack));
  expect(sent).toBeGreaterThanOrEqual(REQUESTS);
  const run = server.createRun({ kind: 'idle' });
  server.publish('still here');
  const reply = await (await fetch(`${server.url}/poll?run=${run}`)).json();
  expect(reply.events[0].data).toBe('still here');
  expect(server.truth(run).techniques.polling).toMatchObject({ requests: 1, completedResponses: 1 });
  await server.close();
}, 60_000);
