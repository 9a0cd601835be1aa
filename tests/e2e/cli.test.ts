import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';
import { parseSession } from '../../src/core/session/parse.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { run } from '../cli/world.ts';
import { readHar, reportsOf } from '../core/session/har/read-text.ts';
import { type LensResult, runLens } from '../support/lens.ts';

let folder: string;
let server: TestServer;
const at = (name: string) => join(folder, name);
const lens = (args: string[]) => runLens(folder, args);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transport-lens-'));
  server = await createTestServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('capture', () => {
  let result: LensResult;
  beforeAll(async () => {
    const race = `${server.url}/race?seconds=60&seed=11&token=s3cret`;
    result = await lens(['capture', race, '--seconds', '8', '--json', 'a.json', '--har', 'a.har', '--csv', 'a.csv']);
  });

  it('prints a line for each channel, and nothing of its progress where nobody watches', () => {
    expect(result.code, result.stderr).toBe(0);
    for (const transport of ['polling', 'sse', 'websocket'])
      expect(result.stdout).toMatch(new RegExp(`^${transport} `, 'm'));
    expect(result.stderr.trim()).toBe(
      `Written: ${['a.json', 'a.har', 'a.channels.csv', 'a.exchanges.csv', 'a.messages.csv'].map(at).join(', ')}`,
    );
  });

  it('writes a sound session without secrets', () => {
    const text = readFileSync(at('a.json'), 'utf8');
    const session = parseSession(text);
    expect(session).toMatchObject({
      sanitized: true,
      documents: [{ url: expect.stringContaining('token=redacted-') }],
    });
    expect(text).not.toContain('s3cret');
    expect(session.channels.length).toBeGreaterThanOrEqual(4);
    expect(session.messages.at.length).toBeGreaterThan(0);
  });

  it('writes a HAR that says the same', () => {
    const { channels } = parseSession(readFileSync(at('a.json'), 'utf8'));
    const fromHar = reportsOf(readHar(readFileSync(at('a.har'), 'utf8')));
    for (const part of ['/poll', '/sse', '/ws']) {
      const [a, b] = [channels, fromHar].map((list) => list.find(({ urlTemplate }) => urlTemplate.startsWith(part))!);
      expect({ transport: b!.transport, messages: b!.messages }).toEqual({
        transport: a!.transport,
        messages: a!.messages,
      });
    }
  });

  it('knows the heads of what was still open at the end, to the byte', () => {
    const { channels } = parseSession(readFileSync(at('a.json'), 'utf8'));
    const run = new URL(channels.find(({ urlTemplate }) => urlTemplate.startsWith('/ws'))!.sampleUrl).searchParams.get(
      'run',
    )!;
    const truth = server.truth(run);
    for (const [part, technique] of [
      ['/ws', 'websocket'],
      ['/sse', 'sse'],
    ] as const) {
      const { requestHeader, responseHeader } = channels.find(({ urlTemplate }) => urlTemplate.startsWith(part))!.bytes;
      const { requestHeadBytes, responseHeadBytes } = truth.techniques[technique];
      expect([requestHeader, responseHeader], part).toMatchObject([
        { value: requestHeadBytes, provenance: 'measured' },
        { value: responseHeadBytes, provenance: 'measured' },
      ]);
    }
  });

  it('is what analyze says of its files', async () => {
    expect(await run(['analyze', 'a.json'], folder)).toEqual({ code: 0, stdout: result.stdout, stderr: '' });
  });

  it('is the same command under its own name, in any folder', async () => {
    const bin = spawnSync(process.execPath, [join(ROOT, 'scripts/transport-lens.mjs'), 'analyze', 'a.json'], {
      cwd: folder,
    });
    expect([bin.status, String(bin.stdout)]).toEqual([0, (await run(['analyze', 'a.json'], folder)).stdout]);
  });
});

describe('a WebSocket that stays open', () => {
  let raw: Server;
  let head = '';
  const answer = (key: string) =>
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')}`,
      'Set-Cookie: session=1; HttpOnly',
      '\r\n',
    ].join('\r\n');
  const PAGE = `<script>new WebSocket('ws://' + location.host + '/live?room=1')</script>`;

  beforeAll(async () => {
    raw = createServer((socket: Socket) => {
      socket.on('error', () => {});
      let got = '';
      socket.on('data', (bytes) => {
        got += bytes.toString('latin1');
        const end = got.indexOf('\r\n\r\n') + 4;
        if (end < 4) return;
        const request = got.slice(0, end);
        got = got.slice(end);
        const key = /Sec-WebSocket-Key: (.*)\r/.exec(request)?.[1];
        if (key !== undefined) {
          head = request;
          socket.write(answer(key));
        } else {
          socket.end(
            `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: id=1; HttpOnly\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`,
          );
        }
      });
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => raw.close());

  it('has the bytes of its handshake as they crossed a raw socket, cookies included', async () => {
    const { port } = raw.address() as AddressInfo;
    const { code, stderr } = await lens([
      'capture',
      `http://127.0.0.1:${port}/`,
      '--seconds',
      '2',
      '--raw',
      '--json',
      'raw.json',
    ]);
    expect(code, stderr).toBe(0);
    const [socket] = parseSession(readFileSync(at('raw.json'), 'utf8')).channels.filter(
      ({ transport }) => transport === 'websocket',
    );
    expect(head).toContain('Cookie: id=1');
    expect(socket!.bytes).toMatchObject({
      requestHeader: { value: head.length, provenance: 'measured' },
      responseHeader: { value: answer('x').length, provenance: 'measured' },
    });
  });
});

describe('check', () => {
  it('opens a page, and ends with 1 when it breaks a budget', async () => {
    const page = `${server.url}/race?seconds=60&seed=11`;
    const { code, stdout } = await lens([
      'check',
      page,
      '--seconds',
      '8',
      '--budget',
      'transport!=polling',
      '--budget',
      'total:requests<=1000',
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^transport!=polling +GET \/poll\S* +polling +BROKEN$/m);
    expect(stdout).toMatch(/^total:requests<=1000 .* ok$/m);
  });
});
