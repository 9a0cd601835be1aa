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

/** Speed and memory of analysing HARs of 200 MB, each in a process of its own as the command line would. */
const folder = mkdtempSync(join(tmpdir(), 'transport-lens-har-'));
let ok = true;
try {
  console.log(`A HAR of ${MB} MB, read as a stream. Wanted: ${WANTED.mbPerSecond} MB/s in ${WANTED.rssMb} MB.\n`);
  for (const [kind, about] of KINDS) {
    const path = join(folder, `${kind}.har`);
    await generateHar(path, MB * 1e6, kind);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'read.ts'), path],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    const { mbPerSecond, cpuMbPerSecond, rssMb, channels, entries, messages } = JSON.parse(stdout);
    ok &&= mbPerSecond >= WANTED.mbPerSecond && rssMb <= WANTED.rssMb;
    console.log(
      `${about}: ${mbPerSecond.toFixed(1)} MB/s (${cpuMbPerSecond.toFixed(1)} MB a second of CPU time), ${rssMb.toFixed(0)} MB at most`,
    );
    console.log(`  ${entries} entries, ${messages} messages, ${channels} channels`);
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(ok ? 0 : 1);
