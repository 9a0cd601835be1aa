import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeDeepExtension } from './deep-extension.ts';
import { DEEP_EXTENSION, EXTENSION, ROOT } from './paths.ts';

const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
const { status } = spawnSync(process.execPath, [vite, 'build'], { cwd: ROOT, stdio: 'inherit' });
if (status === 0) console.log('The unpacked extension is in dist/chrome.');
if (status === 0 && process.argv.includes('--deep')) {
  makeDeepExtension(EXTENSION, DEEP_EXTENSION);
  console.log('The one with deep capture is in dist/chrome-deep.');
}
process.exit(status ?? 1);
