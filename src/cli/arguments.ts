import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

export const USAGE = `Usage: transport-lens COMMAND …

  capture URL                    opens a page in a headless browser and records how it gets its news
    --seconds 20                 for so long
    --json|--har|--csv FILE      writes a session, a HAR, or tables; - is the standard output
  analyze FILE                   says the same of a session or of any tool's HAR
    --format table|json|markdown|sarif
    --report FILE                writes one page with verdicts, charts, what-if, advice and health
  check FILE|URL --budget …      holds it to budgets: ends with 0 when all are kept, 1 when one is broken
    --budget 'wasted<=30%'       of each channel; total:requests<=100 of all. May be given many times
    --baseline FILE              only what got worse than in this session or HAR is broken
    --format table|json|junit|markdown|sarif

  Of a URL (capture, check):
    --wait-for SELECTOR          the seconds begin once an element matches
    --script FILE                a module whose default export gets Puppeteer's page, to click and type
    --insecure                   certificates are not checked
  --raw                          leaves cookies, credentials and tokens in what is written
  --help, --version

Ends with 2 when something is wrong with the command line, the file or the page.`;

export interface UrlOptions {
  seconds: number;
  waitFor: string | undefined;
  script: string | undefined;
  insecure: boolean;
}

export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | ({ name: 'capture'; url: string; raw: boolean } & UrlOptions & {
        targets: { json?: string; har?: string; csv?: string };
      })
  | { name: 'analyze'; path: string; format: 'table' | 'json' | 'markdown' | 'sarif'; report?: string; raw: boolean }
  | ({
      name: 'check';
      subject: { url: string } | { path: string };
      budgets: string[];
      baseline: string | undefined;
      format: 'table' | 'json' | 'junit' | 'markdown' | 'sarif';
    } & UrlOptions);

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean', default: false } as const;
const OF_URL = { seconds: { ...TEXT, default: '20' }, 'wait-for': TEXT, script: TEXT, insecure: SWITCH };

/** Reads the command line. @throws UsageError for anything unknown, missing or out of range */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  if (args.includes('--help') || name === 'help') return { name: 'help' };
  if (name === '--version') return { name: 'version' };
  switch (name) {
    case 'capture': {
      const { values, subject } = read(rest, 'a URL', { ...OF_URL, json: TEXT, har: TEXT, csv: TEXT, raw: SWITCH });
      const { json, har, csv, raw } = values;
      return { name, url: urlOf(subject), raw, targets: given({ json, har, csv }), ...urlOptions(values) };
    }
    case 'analyze': {
      const { values, subject } = read(rest, 'a file', {
        format: { ...TEXT, default: 'table' },
        report: TEXT,
        raw: SWITCH,
      });
      const format = oneOf('--format', values.format, ['table', 'json', 'markdown', 'sarif']);
      return { name, path: subject, format, ...given({ report: values.report }), raw: values.raw };
    }
    case 'check': {
      const { values, subject } = read(rest, 'a file or URL', {
        ...OF_URL,
        budget: { type: 'string', multiple: true, default: [] },
        baseline: TEXT,
        format: { ...TEXT, default: 'table' },
      });
      if (values.budget.length === 0) throw new UsageError("check needs a --budget, such as --budget 'wasted<=30%'.");
      const format = oneOf('--format', values.format, ['table', 'json', 'junit', 'markdown', 'sarif']);
      return {
        name,
        subject: isUrl(subject) ? { url: urlOf(subject) } : { path: subject },
        budgets: values.budget,
        baseline: values.baseline,
        format,
        ...urlOptions(values),
      };
    }
    case undefined:
      throw new UsageError('A command is missing: capture, analyze or check.');
    default:
      throw new UsageError(`"${name}" is no command: capture, analyze and check are.`);
  }
}

/** Options, and the one thing that is no option. */
function read<O extends NonNullable<ParseArgsConfig['options']>>(args: string[], what: string, options: O) {
  const parsed = (() => {
    try {
      return parseArgs({ args, options, allowPositionals: true });
    } catch (error) {
      throw new UsageError(`${(error as Error).message.split('. ')[0]}.`);
    }
  })();
  const [subject, tooMuch] = parsed.positionals;
  if (subject === undefined) throw new UsageError(`The command needs ${what}.`);
  if (tooMuch !== undefined) throw new UsageError(`"${tooMuch}" is one argument too many.`);
  return { values: parsed.values, subject };
}

const MAX_SECONDS = 3600;

function urlOptions(values: {
  seconds: string;
  'wait-for'?: string | undefined;
  script?: string | undefined;
  insecure: boolean;
}): UrlOptions {
  const seconds = /^\d+(\.\d+)?$/.test(values.seconds) ? Number(values.seconds) : 0;
  if (seconds <= 0 || seconds > MAX_SECONDS)
    throw new UsageError(`--seconds must be a number from 0 to ${MAX_SECONDS}, not "${values.seconds}".`);
  return { seconds, waitFor: values['wait-for'], script: values.script, insecure: values.insecure };
}

function oneOf<const T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new UsageError(`${name} must be one of ${allowed.join(', ')}, not "${text}".`);
  return found;
}

/** A file of that name would have to be given as ./localhost:8080. */
const isUrl = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^localhost(:\d+)?(\/|$)/.test(text);

function urlOf(text: string): string {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    if (['http:', 'https:', 'file:'].includes(url.protocol)) return url.href;
  } catch {
    // Said below.
  }
  throw new UsageError(`"${text}" is no URL of a page.`);
}

const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
