import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

export interface Counts {
  passed: number;
  failed: number;
}

const BIN = (path: string) => join(ROOT, 'node_modules', path);
const run = (script: string, args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;

/** A step that passes or fails as a whole. */
function whole(title: string, ok: () => boolean): Counts {
  console.log(`\n— ${title}`);
  return ok() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export const formatAndLint = (): Counts =>
  whole('format and lint', () => run(BIN('@biomejs/biome/bin/biome'), ['ci', '--log-level=warn', '.']));

export const types = (): Counts => whole('types', () => run(BIN('typescript/bin/tsc'), ['-b']));

/** Runs Vitest (all projects, or the named ones). A file that cannot be loaded is a failure, and so is a skipped test. */
export function tests(...projects: string[]): Counts {
  console.log('\n— tests');
  const report = join(ROOT, '.cache/vitest.json');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const ok = run(BIN('vitest/vitest.mjs'), [
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { passed, failed } = read(report);
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

function read(report: string): Counts {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const { numTotalTests, numPassedTests, testResults } = result;
    const unloaded = testResults.filter(
      (file: { status: string; assertionResults: unknown[] }) =>
        file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unloaded.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Prints the closing line and ends the process accordingly. */
export function close(all: readonly Counts[]): never {
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
