import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies the built extension to a folder where it may use the browser's debugger as well. An extension of its own, because
 * Chromium does not take `debugger` as an optional permission, and nobody shall have to grant it for the rest.
 */
export function makeDeepExtension(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  const path = join(to, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { permissions: string[] };
  writeFileSync(path, JSON.stringify({ ...manifest, permissions: [...manifest.permissions, 'debugger'] }, null, 2));
}
