import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;

/** Profiles of browsers and all else that tests write: one folder, which goes when they end, however they end. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'transport-lens-tests-'));
  process.env.TMPDIR = folder;
}

export function teardown(): void {
  // A browser that was just killed may still be writing.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
