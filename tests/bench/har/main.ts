import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHar, type Kind } from './generate.ts';

const MB = 200;
const KINDS: [Kind, string][] = [
  ['page', 'pages with their parts, 40 polls and sockets'],
  ['polls', 'nothing but polls, each with news'],
  ['socket', 'nothing but messages of sockets'],
];
const WANTED = { mbPerSecond: 40, rssMb: 600 };

/** A session of so many bytes is to be open within this. */
const SESSION = { mb: 100, seconds: 3 };

/** Reads a file in a process of its own, as the command line would. */
function read(path: string, saveAs: string[] = []) {
  const script = join(import.meta.dirname, 'read.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, path, ...saveAs], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<
    'mb' | 'seconds' | 'cpuSeconds' | 'rssMb' | 'channels' | 'entries' | 'messages',
    number
  >;
}

/** Speed and memory of analysing HARs of 200 MB, and of opening a session of 100. */
const folder = mkdtempSync(join(tmpdir(), 'transport-lens-har-'));
let ok = true;
try {
  console.log(`A HAR of ${MB} MB, read as a stream. Wanted: ${WANTED.mbPerSecond} MB/s in ${WANTED.rssMb} MB.\n`);
  for (const [kind, about] of KINDS) {
    const path = join(folder, `${kind}.har`);
    await generateHar(path, MB * 1e6, kind);
    const { mb, seconds, cpuSeconds, rssMb, channels, entries, messages } = read(path);
    ok &&= mb / seconds >= WANTED.mbPerSecond && rssMb <= WANTED.rssMb;
    const speeds = `${(mb / seconds).toFixed(1)} MB/s, ${(mb / cpuSeconds).toFixed(1)} MB a second of CPU time`;
    console.log(`${about}: ${speeds}, ${rssMb.toFixed(0)} MB at most`);
    console.log(`  ${entries} entries, ${messages} messages, ${channels} channels`);
    rmSync(path);
  }
  const [har, session] = [join(folder, 'a.har'), join(folder, 'a.json')];
  await generateHar(har, SESSION.mb * 1.3e6, 'socket');
  read(har, [session]);
  const { mb, seconds, cpuSeconds, rssMb, messages } = read(session);
  ok &&= seconds <= SESSION.seconds;
  console.log(`\nA session of ${mb.toFixed(0)} MB with ${messages} messages is open after ${seconds.toFixed(2)} s`);
  console.log(
    `  (${cpuSeconds.toFixed(2)} s of CPU time, ${rssMb.toFixed(0)} MB at most). Wanted: ${SESSION.seconds} s for ${SESSION.mb} MB.`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(ok ? 0 : 1);
