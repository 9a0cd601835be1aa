import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveRecording } from '../../src/cli/files/save.ts';
import { parseSession } from '../../src/core/session/parse.ts';
import { richLog } from '../core/session/rich-log.ts';
import { run } from './world.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transport-lens-'));
  const targets = { json: join(folder, 'a.json'), har: join(folder, 'a.har') };
  await saveRecording(richLog({ query: '?token=hunter2' }), '1.0', targets, { raw: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const lens = (...args: string[]) => run(args, folder);

describe('analyze', () => {
  it.each(['a.json', 'a.har'])('says what is in %s', async (file) => {
    const { code, stdout, stderr } = await lens('analyze', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const transport of ['polling', 'websocket', 'sse'])
      expect(stdout).toMatch(new RegExp(`^${transport} .*GET`, 'm'));
    expect((await lens('analyze', file, '--format', 'markdown')).stdout).toMatch(/^\| polling \|/m);
  });

  it('writes a session, without secrets unless it is to be raw', async () => {
    const { stdout } = await lens('analyze', 'a.json', '--format', 'json');
    expect(parseSession(stdout)).toMatchObject({ sanitized: true, generator: 'Transport Lens 1.0' });
    expect(stdout).not.toContain('hunter2');
    expect((await lens('analyze', 'a.json', '--format', 'json', '--raw')).stdout).toContain('hunter2');
  });
});

describe('check', () => {
  it('ends with 0 when all budgets are kept', async () => {
    const { code, stdout } = await lens(
      'check',
      'a.json',
      '--budget',
      'total:requests<=1000',
      '--budget',
      'transport!=media',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^total:requests<=1000 +total +\d+ +ok$/m);
  });

  it('ends with 1 when one is broken, in every format', async () => {
    for (const format of ['table', 'json', 'junit', 'markdown'])
      expect((await lens('check', 'a.har', '--budget', 'transport!=polling', '--format', format)).code).toBe(1);
    const { stdout } = await lens('check', 'a.har', '--budget', 'transport!=polling', '--format', 'json');
    expect(JSON.parse(stdout).findings).toContainEqual(
      expect.objectContaining({ budget: 'transport!=polling', outcome: 'broken', value: 'polling' }),
    );
  });

  it('ends with 0 when what is broken was as bad in the baseline', async () => {
    const { code, stdout } = await lens('check', 'a.har', '--budget', 'wasted<=1%', '--baseline', 'a.json');
    expect(code).toBe(0);
    expect(stdout).toContain('broken, no worse than the baseline');
  });
});

describe('what cannot be done', () => {
  it.each<[string, string[], string]>([
    ['no command', [], 'A command is missing: capture, analyze or check. See transport-lens --help.'],
    [
      'an unknown command',
      ['record'],
      '"record" is no command: capture, analyze and check are. See transport-lens --help.',
    ],
    ['an unknown option', ['analyze', 'a.json', '--fast'], "Unknown option '--fast'. See transport-lens --help."],
    [
      'an unknown budget',
      ['check', 'a.json', '--budget', 'speed'],
      '"speed" is no budget: write one like wasted<=30% or transport!=polling. See transport-lens --help.',
    ],
    ['no browser', ['capture', 'http://a.test'], 'CHROME_PATH is /nowhere, but there is no such file.'],
  ])('ends with 2 and one sentence: %s', async (_, args, sentence) => {
    expect(await lens(...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  it.each(['analyze', 'check'])('ends with 2 and names the file that %s cannot open', async (command) => {
    const budget = command === 'check' ? ['--budget', 'errors<=0'] : [];
    const sentence = `${join(folder, 'b.har')}: there is no such file.\n`;
    expect(await lens(command, 'b.har', ...budget)).toEqual({ code: 2, stdout: '', stderr: sentence });
    expect(await lens('check', 'a.json', '--budget', 'errors<=0', '--baseline', 'b.har')).toMatchObject({
      code: 2,
      stderr: sentence,
    });
  });
});

describe('help and version', () => {
  it('are printed', async () => {
    expect((await lens('--help')).stdout).toMatch(/^Usage: transport-lens COMMAND/);
    expect(await lens('--version')).toEqual({ code: 0, stdout: '1.0\n', stderr: '' });
  });
});
