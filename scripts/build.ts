import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
const { status } = spawnSync(process.execPath, [vite, 'build'], { cwd: ROOT, stdio: 'inherit' });
if (status === 0) console.log('The unpacked extension is in dist/chrome.');
process.exit(status ?? 1);
