import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

/**
 * Writes the unpacked extension to dist/chrome. Throws one sentence with Vite's own reason when it cannot.
 * In a process of its own, because CRXJS prints its inner builds past Vite's logger.
 */
export function buildExtension(): void {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return;
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.trim());
  const reason = lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== '') ?? 'no reason given';
  throw new Error(`The extension could not be built: ${reason} (npm run build shows all).`);
}
