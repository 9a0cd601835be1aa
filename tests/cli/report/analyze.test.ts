import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEPT, runCli, type World } from '../../../src/cli/main.ts';
import { toSession } from '../../../src/core/session/write.ts';
import { play, repeat } from '../../support/timeline.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lens-report-'));
  const log = play(repeat(80, 1000, (i, at) => `${at}ms GET /news 200 ${i % 20 === 10 ? `[{"n":${i}}]` : '[]'} 20ms`));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(toSession(log, '1')));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in the folder; nothing here may ask for a browser. */
async function lens(...args: string[]) {
  const said = { out: '', err: '' };
  const stream = (key: 'out' | 'err') => {
    const write = (text: string) => {
      said[key] += text;
      return true;
    };
    return { isTTY: false, columns: 80, write } as World['stdout'];
  };
  const unwanted = () => {
    throw new Error('a file needs no browser');
  };
  const code = await runCli(args, {
    cwd: folder,
    version: '1',
    stdout: stream('out'),
    stderr: stream('err'),
    env: {},
    signal: new AbortController().signal,
    findBrowser: unwanted,
    buildExtension: unwanted,
  });
  return { code, ...said };
}

describe('analyze', () => {
  it('writes the report into a file and says where', async () => {
    const { code, out, err } = await lens('analyze', 'run.json', '--report', 'sub/report.html');
    expect(code).toBe(KEPT);
    expect(out).toContain('polling');
    expect(err).toContain(join(folder, 'sub/report.html'));
    expect(readFileSync(join(folder, 'sub/report.html'), 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*Polling faster than the data/,
    );
  });

  it('adds advice and health to Markdown', async () => {
    const { out } = await lens('analyze', 'run.json', '--format', 'markdown');
    expect(out).toMatch(/\| polling[\s\S]*### Advice[\s\S]*### Health/);
  });

  it('writes SARIF that names the recording', async () => {
    const { out } = await lens('analyze', 'run.json', '--format', 'sarif');
    const [{ results }] = JSON.parse(out).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('run.json');
  });
});

describe('check', () => {
  it('writes broken budgets and health as SARIF', async () => {
    const { code, out } = await lens('check', 'run.json', '--budget', 'wasted<=30%', '--format', 'sarif');
    expect(code).toBe(1);
    const rules = JSON.parse(out).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
    expect(rules).toEqual(expect.arrayContaining(['budget', 'polling-faster-than-data']));
  });
});
