import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSession } from '../../src/core/session/parse.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { runLens } from '../support/lens.ts';

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
});
