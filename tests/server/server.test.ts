import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCertificate } from '../../test-server/certificate.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { schemaViolations } from './json-schema.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(() => server.close());

test('truth follows its schema, at both ends of a run', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../test-server/truth.schema.json', import.meta.url), 'utf8'));
  const run = server.createRun({ kind: 'regular', rate: 50, startWhen: 'polling' });
  expect(schemaViolations(server.truth(run), schema)).toEqual([]);
  expect(server.truth(run).startedAt).toBeNull();
  await fetch(`${server.url}/poll?run=${run}`);
  await waitFor(() => server.truth(run).events.length > 1);
  await fetch(`${server.url}/poll?run=${run}`);
  const truth = await (await fetch(`${server.url}/truth/${run}`)).json();
  expect(schemaViolations(truth, schema)).toEqual([]);
  expect(truth.techniques.polling).toMatchObject({ requests: 2, useful: 1 });
});

test('two servers share nothing', async () => {
  const other = await createTestServer();
  const run = server.createRun({ kind: 'idle' });
  expect(() => other.truth(run)).toThrow(`there is no run "${run}"`);
  expect(other.url).not.toBe(server.url);
  await other.close();
});

test('reset forgets the runs and closes the connections; close ends the server', async () => {
  const run = server.createRun({ kind: 'idle' });
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(`GET /sse?run=${run} HTTP/1.1\r\nHost: test\r\n\r\n`);
  await once(socket, 'data');
  const closed = once(socket, 'close');
  server.reset();
  await closed;
  expect(() => server.truth(run)).toThrow('there is no run');
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

test('an event reaches a client of every technique, from people too', async () => {
  const run = server.createRun({ kind: 'idle' });
  const longPoll = fetch(`${server.url}/long-poll?run=${run}`).then((response) => response.json());
  await waitFor(() => server.truth(run).techniques['long-polling'].requests === 1);
  const published = await fetch(`${server.url}/publish`, { method: 'POST', body: '{"text":"hi"}' });
  expect(await published.json()).toEqual({ ids: [`${run}-1`] });
  expect(await longPoll).toMatchObject({ events: [{ id: `${run}-1`, data: { text: 'hi' } }] });
});

test.each(['/sse', '/stream', '/ws'])(
  'a client of %s that does not read is cut off; the others notice nothing',
  async (path) => {
    const technique = ({ '/sse': 'sse', '/stream': 'http-stream', '/ws': 'websocket' } as const)[path]!;
    const run = server.createRun({ kind: 'idle' });
    const upgrade =
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const join = () => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(`GET ${path}?run=${run} HTTP/1.1\r\nHost: test\r\n${path === '/ws' ? upgrade : ''}\r\n`);
      return socket;
    };
    const reader = join();
    let receivedBytes = 0;
    reader.on('data', (chunk) => {
      receivedBytes += chunk.length;
    });
    const sleeper = join();
    sleeper.pause();
    const truth = () => server.truth(run).techniques[technique];
    await waitFor(() => truth().open === 2);
    let published = 0;
    await waitFor(() => {
      server.publish('x'.repeat(60_000));
      published += 1;
      return truth().cutOff === 1;
    });
    expect(truth().messagesDropped).toBeGreaterThan(10);
    await waitFor(() => receivedBytes > published * 60_000 && truth().open === 1);
    reader.destroy();
    sleeper.destroy();
  },
);

test('without openssl, HTTP/2 says so in one sentence', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  await expect(makeCertificate()).rejects.toThrow('the openssl command is not installed');
  await expect(createTestServer({ h2: true })).rejects.toThrow('HTTP/2 needs a certificate');
  process.env.PATH = path;
});

/** Runs the command line; resolves with its first output and how to end it. */
async function run(...args: string[]) {
  const main = fileURLToPath(new URL('../../test-server/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit').then(([code]) => code as number);
  await waitFor(() => output.endsWith('\n'), 10_000);
  return { child, ended, output: () => output };
}

test('the command: a busy port gets the next, Ctrl+C ends it within a second', { timeout: 15_000 }, async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  const { child, ended, output } = await run('--port', String(port), '--h2');
  expect(output()).toMatch(/Transport Lens test server: http:\/\/127\.0\.0\.1:\d+\/\n/);
  const url = output().match(/http:\S+/)![0];
  expect(Number(new URL(url).port)).toBeGreaterThan(port);
  const stream = await fetch(`${url}sse`);
  expect(stream.status).toBe(200);
  const interruptedAt = performance.now();
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(performance.now() - interruptedAt).toBeLessThan(1000);
  blocker.close();
});

test.each([
  [['--port', 'many'], '--port must be a number from 0 to 65534, not "many".'],
  [['--colour'], "Unknown option '--colour'"],
])('the command refuses %j with exit code 2', { timeout: 15_000 }, async (args, sentence) => {
  const { ended, output } = await run(...args);
  expect(output()).toContain(sentence);
  expect(output().split('\n').length).toBeLessThanOrEqual(3);
  expect(await ended).toBe(2);
});
