import { join } from 'node:path';
import { build } from 'vite';

/** The unpacked extension the browser tests load: the same folder `npm run build` writes. */
export const EXTENSION = join(import.meta.dirname, '../../dist/chrome');

/** Once before the browser tests: builds the extension as it is now. A build that fails, fails the run. */
export async function setup(): Promise<void> {
  await build({ root: join(import.meta.dirname, '../..'), logLevel: 'error' });
}
