import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CORPUS } from './paths.ts';

/** Servers that no npm package has, as Debian names them; cases that need one missing here are reported as failed. */
const DEBIAN = { nginx: ['nginx-light', 'libnginx-mod-nchan'], openssl: ['openssl'] };

/**
 * Installs the corpus' own packages and, where that is possible, Debian's servers. Throws one sentence when it cannot.
 * `servers` false: only what npm has.
 */
export function installCorpus({ servers }: { servers: boolean }): void {
  if (!existsSync(join(CORPUS, 'node_modules/.package-lock.json'))) {
    console.log('Installing the packages of the corpus …');
    // `npm ci` refuses the lockfile: a package names platform builds that were never published.
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], CORPUS);
  }
  if (!servers) return;
  const missing = Object.entries(DEBIAN).flatMap(([program, names]) => (isThere(program) ? [] : names));
  if (missing.length === 0 || process.getuid?.() !== 0 || !isThere('apt-get')) return;
  console.log(`Installing ${missing.join(', ')} …`);
  run('apt-get', ['update', '-qq'], CORPUS);
  run('apt-get', ['install', '-y', '-qq', ...missing], CORPUS);
}

const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program} || command -v /usr/sbin/${program}`]).status === 0;

function run(command: string, args: string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}; its message is above.`);
}
