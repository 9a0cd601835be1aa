import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from './build-extension.ts';
import { EXTENSION, ROOT } from './paths.ts';

/** What the extension is made of. */
const SOURCES = [
  'src/page',
  'src/relay',
  'src/panel',
  'src/core',
  'src/protocol.ts',
  'public',
  'manifest.json',
  'vite.config.ts',
];

/** Builds the extension unless what is there is newer than all it is made of, and returns its folder. */
export function ensureExtension(say: (line: string) => void): string {
  const built = join(EXTENSION, 'manifest.json');
  if (!existsSync(built) || newestMs(SOURCES.map((path) => join(ROOT, path))) > statSync(built).mtimeMs) {
    say('Building the extension …');
    buildExtension();
  }
  return EXTENSION;
}

function newestMs(paths: readonly string[]): number {
  return Math.max(
    ...paths.map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return 0;
      return stats.isDirectory() ? newestMs(readdirSync(path).map((name) => join(path, name))) : stats.mtimeMs;
    }),
  );
}
