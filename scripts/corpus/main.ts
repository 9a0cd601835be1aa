import { parseArgs } from 'node:util';
import { findOrInstallBrowser } from '../../src/cli/browser/install.ts';
import { buildExtension } from '../build-extension.ts';
import { DOWNLOADS } from '../paths.ts';
import { installCorpus } from './install.ts';
import { runCorpus } from './run.ts';
import { printScore } from './score.ts';

/*
 * npm run corpus [-- --only a,b] [--jobs 3] [--out FILE]
 * Opens every case of tests/corpus in a browser with the built extension, and scores what the panel says against what the
 * corpus counted on its sockets in the same run. Exit code 1 on a hard error, a wrong kind, a missed or an invented channel.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    jobs: { type: 'string', default: '3' },
    out: { type: 'string', default: 'out/corpus.json' },
  },
});

installCorpus({ servers: true });
buildExtension();
const results = await runCorpus({
  executablePath: findOrInstallBrowser(DOWNLOADS, console.log),
  only: values.only?.split(',') ?? null,
  jobs: Number(values.jobs),
  onCase: ({ name, error }) => console.log(error === null ? `  ${name}` : `  ${name}: ${error}`),
});
const ok = await printScore(results, values.out);
process.exit(ok ? 0 : 1);
