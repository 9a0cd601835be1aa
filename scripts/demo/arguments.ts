import { parseArgs } from 'node:util';

export const USAGE = 'Usage: npm start -- [--headless] [--port 8080] [--seconds 20] [--out out] [--profile FOLDER]';

/** The command line cannot be read; the message is one sentence. */
export class UsageError extends Error {}

export interface DemoArguments {
  headless: boolean;
  port: number;
  seconds: number;
  out: string;
  profile: string | undefined;
  help: boolean;
}

/** Reads the command line; throws a UsageError for anything unknown or out of range. */
export function parseDemoArguments(args: string[]): DemoArguments {
  const { values } = read(args);
  return {
    headless: values.headless,
    port: wholeNumber('--port', values.port, 1, 65_535),
    seconds: wholeNumber('--seconds', values.seconds, 5, 3600),
    out: values.out,
    profile: values.profile,
    help: values.help,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        headless: { type: 'boolean', default: false },
        port: { type: 'string', default: '8080' },
        seconds: { type: 'string', default: '20' },
        out: { type: 'string', default: 'out' },
        profile: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function wholeNumber(name: string, text: string, from: number, to: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UsageError(`${name} must be a whole number from ${from} to ${to}, not "${text}".`);
}
