import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from '../src/cli/browser/install.ts';
import { runCli } from '../src/cli/main.ts';
import { ensureExtension } from './ensure-extension.ts';
import { DOWNLOADS, ROOT } from './paths.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
// A reader that had enough (`| head`) is no error.
process.stdout.on('error', () => process.exit(0));

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const code = await runCli(process.argv.slice(2), {
  // npm runs scripts in the package's folder and tells where it was called.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  version,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupted.signal,
  findBrowser: (say) => findOrInstallBrowser(DOWNLOADS, say),
  buildExtension: ensureExtension,
});
// Not before all is written: a pipe takes its time.
process.stdout.write('', () => process.exit(code));
