import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bundles = new Map<string, Promise<string>>();

/** The browser's JavaScript of `pages/scripts/{name}.ts`, made on first use and then kept; null when there is none. */
export async function bundle(name: string): Promise<string | null> {
  const entry = fileURLToPath(new URL(`../pages/scripts/${name}.ts`, import.meta.url));
  const exists = await access(entry).then(
    () => true,
    () => false,
  );
  if (!exists) return null;
  const made = bundles.get(name) ?? transpile(entry);
  bundles.set(name, made);
  return made;
}

async function transpile(entry: string): Promise<string> {
  const options = { bundle: true, write: false, format: 'esm', target: 'es2022', charset: 'utf8' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [entry], logLevel: 'silent' });
  return outputFiles[0]!.text;
}
