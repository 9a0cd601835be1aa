import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../scripts/paths.ts';

export interface LensResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as npm would, for a caller in `folder`. */
export function runLens(folder: string, args: string[]): Promise<LensResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/lens.ts'), ...args], {
      cwd: ROOT,
      env: { ...process.env, INIT_CWD: folder },
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
