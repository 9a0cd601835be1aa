import { findBrowser } from '../../src/cli/browser/find.ts';
import { runCli, type World } from '../../src/cli/main.ts';

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command in this process, with nobody at a terminal; `given` replaces parts of its world. */
export async function run(args: string[], cwd: string, given: Partial<World> = {}): Promise<Result> {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): World['stdout'] => ({
    isTTY: false,
    columns: 80,
    write(text: string | Uint8Array) {
      said[name] += text;
      return true;
    },
  });
  const code = await runCli(args, {
    cwd,
    version: '1.0',
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    signal: new AbortController().signal,
    findBrowser: () => findBrowser('/nowhere', { CHROME_PATH: '/nowhere' })!,
    buildExtension() {
      throw new Error('nothing is built here');
    },
    ...given,
  });
  return { code, ...said };
}
