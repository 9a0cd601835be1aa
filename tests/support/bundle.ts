import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a module for a page, with the real libraries it imports, as one classic script. */
export async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '../..'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    // Without async functions: zone.js cannot follow those.
    target: 'es2016',
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
