import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './paths.ts';

/**
 * Writes the unpacked extension to dist/chrome. Throws one sentence with Vite's own reason when it cannot.
 * In a process of its own, because CRXJS prints its inner builds past Vite's logger.
 */
export function buildExtension(): void {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return;
  const lines = stripVTControlCharacters(`${stderr}\n${stdout}`)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const headline = lines.findIndex((line) => /^error during build/i.test(line));
  const reason = lines.slice(headline + 1, headline + 3).join(' ') || 'no reason given';
  const place = reason.includes('src/')
    ? undefined
    : /src\/[\w/.-]+\.tsx?(:\d+)*/.exec(lines.slice(headline + 1).join(' '))?.[0];
  throw new Error(
    `The extension could not be built: ${reason}${place === undefined ? '' : ` in ${place}`} (npm run build shows all).`,
  );
}
