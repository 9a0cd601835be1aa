import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TABLES, writeCsv } from '../../core/session/csv/write.ts';
import { writeHar } from '../../core/session/har/write.ts';
import { type ExportOptions, toSession } from '../../core/session/write.ts';
import type { Log } from '../../core/state.ts';
import { CliError } from '../errors.ts';

/** Files to write; `-` is the standard output. Of CSV there is one for each table: `x.csv` becomes `x.channels.csv` and so on. */
export interface Targets {
  json?: string | undefined;
  har?: string | undefined;
  csv?: string | undefined;
}

/** Writes a log to each of the targets, and returns the paths that were written. @throws CliError with the path */
export async function saveRecording(
  log: Log,
  version: string,
  targets: Targets,
  options: ExportOptions,
): Promise<string[]> {
  const written: string[] = [];
  const save = async (path: string, pieces: Iterable<string>) => {
    await write(path, pieces);
    if (path !== '-') written.push(path);
  };
  if (targets.json !== undefined) await save(targets.json, sessionPieces(log, version, options));
  if (targets.har !== undefined) await save(targets.har, writeHar(log, version, options));
  if (targets.csv !== undefined)
    for (const table of TABLES) await save(tablePath(targets.csv, table), writeCsv(log, table, options));
  return written;
}

/** One member a piece: the whole of a long recording may exceed what one string can hold. */
export function* sessionPieces(log: Log, version: string, options: ExportOptions): Generator<string> {
  let separator = '{\n';
  for (const [name, value] of Object.entries(toSession(log, version, options))) {
    yield `${separator}${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    separator = ',\n';
  }
  yield '\n}\n';
}

const tablePath = (path: string, table: string): string =>
  path === '-' ? '-' : `${path.replace(/\.csv$/i, '')}.${table}.csv`;

/** Writes one text. @throws CliError with the path */
export const writeText = (path: string, text: string): Promise<void> => write(path, [text]);

async function write(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    if (path === '-') {
      await pipeline(Readable.from(pieces), process.stdout, { end: false });
      return;
    }
    await mkdir(dirname(path), { recursive: true });
    await pipeline(Readable.from(pieces), createWriteStream(path));
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}.`);
  }
}
