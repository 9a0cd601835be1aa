import { isAbsolute, join } from 'node:path';
import type { WriteStream } from 'node:tty';
import { type ChannelReport, reportChannel } from '../core/session/report.ts';
import type { Log } from '../core/state.ts';
import { type Command, parseCommand, USAGE } from './arguments.ts';
import { judge } from './budget/judge.ts';
import { parseBudget } from './budget/parse.ts';
import { capture } from './capture/capture.ts';
import { UsageError } from './errors.ts';
import { openRecording } from './files/open.ts';
import { saveRecording, sessionPieces, writeText } from './files/save.ts';
import { channelGrid, channelMarkdown } from './format/channels.ts';
import { findingGrid, findingJunit, findingMarkdown } from './format/findings.ts';
import { createProgress } from './progress.ts';
import { analyse } from './report/analysis.ts';
import { analysisMarkdown } from './report/markdown.ts';
import { reportPage } from './report/page.ts';
import { reportSarif } from './report/sarif.ts';

/** What the command line runs in. */
export interface World {
  /** Folder that relative paths are of. */
  cwd: string;
  version: string;
  stdout: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;
  stderr: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Finds a browser, or installs one; `say` tells so. */
  findBrowser(say: (line: string) => void): string;
  /** Builds the extension if it is missing or stale, and returns its folder. */
  buildExtension(say: (line: string) => void): string;
}

export const [KEPT, BROKEN, FAILED, INTERRUPTED] = [0, 1, 2, 130];

/** Runs one command and returns its exit code: 0 well, 1 a budget is broken, 2 anything else. Errors are one sentence on stderr. */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  try {
    return await run(parseCommand(args), world);
  } catch (error) {
    if (world.signal.aborted) return INTERRUPTED;
    const hint = error instanceof UsageError ? ' See transport-lens --help.' : '';
    world.stderr.write(`${(error as Error).message.split('\n', 1)[0]}${hint}\n`);
    return FAILED;
  }
}

async function run(command: Command, world: World): Promise<number> {
  const { stdout, version } = world;
  const print = (text: string) => stdout.write(`${text}\n`);
  switch (command.name) {
    case 'help':
      print(USAGE);
      return KEPT;
    case 'version':
      print(version);
      return KEPT;
    case 'capture': {
      const { targets, raw } = command;
      const inCwd = Object.fromEntries(
        Object.entries(targets).map(([kind, path]) => [kind, path === '-' ? path : resolve(path, world)]),
      );
      const log = await captured(command, world);
      const written = await saveRecording(log, version, inCwd, { raw });
      if (!Object.values(targets).includes('-')) print(channelGrid(reportsOf(log), widthOf(stdout)));
      if (written.length > 0) world.stderr.write(`Written: ${written.join(', ')}\n`);
      return KEPT;
    }
    case 'analyze': {
      const log = await opened(command.path, world);
      const { path, format, report } = command;
      if (report !== undefined) {
        await writeText(resolve(report, world), reportPage(analyse(log), path));
        world.stderr.write(`Written: ${resolve(report, world)}\n`);
      }
      if (format === 'table') print(channelGrid(reportsOf(log), widthOf(stdout)));
      else if (format === 'markdown') print(`${channelMarkdown(reportsOf(log))}\n\n${analysisMarkdown(analyse(log))}`);
      else if (format === 'sarif') print(reportSarif(analyse(log), [], { version, path }));
      else for (const piece of sessionPieces(log, version, { raw: command.raw })) stdout.write(piece);
      return KEPT;
    }
    case 'check': {
      const budgets = command.budgets.map(parseBudget);
      const baseline = command.baseline === undefined ? null : reportsOf(await opened(command.baseline, world));
      const { subject } = command;
      const log =
        'url' in subject ? await captured({ ...command, url: subject.url }, world) : await opened(subject.path, world);
      const findings = judge(budgets, reportsOf(log), baseline);
      const formats = {
        table: () => findingGrid(findings, widthOf(stdout)),
        markdown: () => findingMarkdown(findings),
        junit: () => findingJunit(findings),
        json: () => JSON.stringify({ findings }, null, 2),
        sarif: () =>
          reportSarif(analyse(log), findings, { version, path: 'path' in subject ? subject.path : 'capture' }),
      };
      print(formats[command.format]());
      return findings.some(({ outcome }) => outcome === 'broken') ? BROKEN : KEPT;
    }
  }
}

const resolve = (path: string, { cwd }: World): string => (isAbsolute(path) ? path : join(cwd, path));
const reportsOf = (log: Log): ChannelReport[] => log.channels.map((channel) => reportChannel(log, channel));
const widthOf = ({ isTTY, columns }: World['stdout']): number | null => (isTTY ? columns : null);

async function opened(path: string, world: World): Promise<Log> {
  const progress = createProgress(world.stderr, world.env);
  try {
    return await openRecording(resolve(path, world), (share) =>
      progress.say(`Reading ${path}: ${Math.round(share * 100)} %`),
    );
  } finally {
    progress.clear();
  }
}

type Captured = Omit<Extract<Command, { name: 'capture' }>, 'name' | 'raw' | 'targets'>;

async function captured({ url, seconds, waitFor, script, insecure }: Captured, world: World): Promise<Log> {
  const say = (line: string) => world.stderr.write(`${line}\n`);
  return capture(
    { url, seconds, waitFor, script: script === undefined ? undefined : resolve(script, world), insecure },
    {
      executablePath: world.findBrowser(say),
      extension: world.buildExtension(say),
      progress: createProgress(world.stderr, world.env),
      signal: world.signal,
    },
  );
}
