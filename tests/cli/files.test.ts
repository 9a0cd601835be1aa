import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../src/cli/files/open.ts';
import { saveRecording } from '../../src/cli/files/save.ts';
import { reportChannel } from '../../src/core/session/report.ts';
import type { Log } from '../../src/core/state.ts';
import { richLog } from '../core/session/rich-log.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const urls = (log: Log) => log.channels.map((channel) => reportChannel(log, channel).urlTemplate).toSorted();
const log = richLog();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transport-lens-'));
  await saveRecording(log, '1.0', { json: at('a.json'), har: at('a.har'), csv: at('a.csv') }, { raw: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a recording that was saved', () => {
  it.each(['a.json', 'a.har'])('opens again from %s, gzipped or not', async (name) => {
    writeFileSync(at(`${name}.gz`), gzipSync(readFileSync(at(name))));
    for (const path of [at(name), at(`${name}.gz`)]) expect(urls(await openRecording(path))).toEqual(urls(log));
  });

  it('is three tables as CSV, and folders are made for it', async () => {
    const written = await saveRecording(log, '1.0', { csv: at('new/folder/x.csv') }, { raw: false });
    expect(written).toEqual(['channels', 'exchanges', 'messages'].map((table) => at(`new/folder/x.${table}.csv`)));
    expect(readFileSync(written[0]!, 'utf8').split('\r\n')).toHaveLength(log.channels.length + 2);
  });

  it('tells how far it is read', async () => {
    const shares: number[] = [];
    await openRecording(at('a.har'), (share) => shares.push(share));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('a file that cannot be opened', () => {
  it.each<[string, string | Buffer, string]>([
    ['empty', '', 'The file is empty.'],
    ['text', 'hello', 'This is no HAR: unexpected "h" at byte 0.'],
    ['session', '{"schemaVersion":2}', 'generator: missing.'],
    ['old', '{"schemaVersion":1}', 'schemaVersion: this reads sessions of version 2, not 1.'],
    ['har', '{"log":{"entries":[{}]}}', 'log.entries[0].startedDateTime: missing.'],
    ['cut', '{"log":{"entries":[{"a"', 'The file ends at byte 23, in the middle of log.entries[0].'],
    ['gzip', gzipSync('{"log":{"entries":[]}}').subarray(0, 20), 'its compression is damaged: unexpected end of file.'],
  ])('is named with the reason: %s', async (name, content, reason) => {
    writeFileSync(at(name), content);
    await expect(openRecording(at(name))).rejects.toThrow(`${at(name)}: ${reason}`);
  });

  it('is named when it is not there, or a folder', async () => {
    await expect(openRecording(at('nothing'))).rejects.toThrow(`${at('nothing')}: there is no such file.`);
    await expect(openRecording(folder)).rejects.toThrow(`${folder}: this is a folder.`);
  });

  it('is named when it cannot be written', async () => {
    await expect(saveRecording(log, '1.0', { json: at('a.json/below') }, { raw: false })).rejects.toThrow(
      `${at('a.json/below')} cannot be written: `,
    );
  });
});
