import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

let folder: string;
let server: TestServer;
const at = (name: string) => join(folder, name);

/** Runs the command as npm would, for a caller in a folder of its own. */
function lens(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/lens.ts'), ...args], {
      cwd: ROOT,
      env: { ...process.env, INIT_CWD: folder, ...env },
    });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece) => pieces.push(piece));
      return pieces;
    });
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout!).toString(), stderr: Buffer.concat(stderr!).toString() }),
    );
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transport-lens-'));
  server = await createTestServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('capture', () => {
  let result: Result;
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

describe('a page that needs to be driven', () => {
  it('waits for an element, and runs a script', async () => {
    writeFileSync(
      at('click.mjs'),
      `export default async (page) => { await page.evaluate(() => fetch('/poll?run=none&clicked')); };`,
    );
    const args = [
      'capture',
      `${server.url}/`,
      '--seconds',
      '1',
      '--wait-for',
      'body',
      '--script',
      'click.mjs',
      '--json',
      '-',
    ];
    const { code, stdout, stderr } = await lens(args);
    expect(code, stderr).toBe(0);
    expect(parseSession(stdout).channels.map(({ sampleUrl }) => sampleUrl)).toContainEqual(
      expect.stringContaining('clicked'),
    );
  });

  it.each<[string, string[], RegExp]>([
    ['no CSS selector', ['--wait-for', 'p['], /^"p\[" is no CSS selector\.$/],
    ['a script that fails', ['--script', 'fails.mjs'], /^The script .*fails\.mjs failed: no luck\.$/],
    [
      'a script that is none',
      ['--script', 'none.mjs'],
      /^The script .*none\.mjs has no function as its default export\.$/,
    ],
    ['no script', ['--script', 'missing.mjs'], /^The script .*missing\.mjs cannot be loaded: Cannot find module/],
  ])('is refused with %s', async (_, args, sentence) => {
    writeFileSync(at('fails.mjs'), `export default () => { throw new Error('no luck'); };`);
    writeFileSync(at('none.mjs'), 'export const page = 1;');
    const { code, stderr } = await lens(['capture', `${server.url}/`, '--seconds', '1', ...args]);
    expect([code, stderr.trim()]).toEqual([2, expect.stringMatching(sentence)]);
  });
});

describe('what cannot be done', () => {
  it('ends with 2 and one sentence: a page that nobody serves', async () => {
    const closed = await createTestServer();
    await closed.close();
    const { code, stderr } = await lens(['capture', `${closed.url}/`]);
    expect([code, stderr.trim()]).toEqual([2, `${closed.url}/ cannot be opened: net::ERR_CONNECTION_REFUSED.`]);
  });

  it('ends with 2 and one sentence: a page that is not there', async () => {
    const { code, stderr } = await lens(['capture', `${server.url}/nowhere`, '--seconds', '1']);
    expect([code, stderr.trim()]).toEqual([2, `${server.url}/nowhere cannot be opened: the server answered 404.`]);
  });

  it('ends with 2 and one sentence: a certificate nobody vouches for, unless it is to be ignored', async () => {
    const secure = await createTestServer({ h2: true });
    try {
      const page = `${secure.h2Url}/`;
      const refused = await lens(['capture', page, '--seconds', '1']);
      expect([refused.code, refused.stderr.trim()]).toEqual([
        2,
        expect.stringMatching(/cannot be opened: net::ERR_CERT_\w+\.$/),
      ]);
      expect((await lens(['capture', page, '--seconds', '1', '--insecure'])).code).toBe(0);
    } finally {
      await secure.close();
    }
  });

  it('ends with 2 and one sentence when the browser goes away', async () => {
    writeFileSync(at('gone.mjs'), "export default (page) => page.browser().process().kill('SIGKILL');");
    const gone = await lens(['capture', `${server.url}/`, '--seconds', '60', '--script', 'gone.mjs']);
    expect([gone.code, gone.stderr.trim()]).toEqual([
      2,
      'The browser or its page went away before the recording ended.',
    ]);
  });

  it('closes its browser when it is interrupted', async () => {
    const script = `
      import { writeFileSync } from 'node:fs';
      export default (page) => {
        writeFileSync(${JSON.stringify(at('pid'))}, String(page.browser().process().pid));
        process.kill(process.pid, 'SIGINT');
      };`;
    writeFileSync(at('interrupt.mjs'), script);
    const { code } = await lens(['capture', `${server.url}/`, '--seconds', '60', '--script', 'interrupt.mjs']);
    expect(code).toBe(130);
    expect(() => process.kill(Number(readFileSync(at('pid'), 'utf8')), 0)).toThrow('ESRCH');
  });

  it('is the same command under its own name, in any folder', async () => {
    const bin = spawnSync(process.execPath, [join(ROOT, 'scripts/transport-lens.mjs'), 'analyze', 'a.json'], {
      cwd: folder,
    });
    expect([bin.status, String(bin.stdout)]).toEqual([0, (await run(['analyze', 'a.json'], folder)).stdout]);
  });
});
