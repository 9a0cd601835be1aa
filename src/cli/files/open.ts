import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FileError } from '../../core/session/file-error.ts';
import { createHarReader } from '../../core/session/har/read.ts';
import { parseSession } from '../../core/session/parse.ts';
import { fromSession } from '../../core/session/read.ts';
import type { Log } from '../../core/state.ts';
import { CliError } from '../errors.ts';

const CHUNK_BYTES = 1 << 20;

/**
 * The log of a session or of any tool's HAR, either of them gzipped or not; a HAR is read as a stream.
 * @throws CliError, one sentence with the path and the place in the file
 */
export async function openRecording(path: string, onProgress: (share: number) => void = () => {}): Promise<Log> {
  try {
    const { size } = await stat(path);
    const zipped = await isGzip(path);
    let read = 0;
    const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    file.on('data', (chunk) => {
      read += chunk.length;
      onProgress(read / size);
    });
    return await (zipped ? pipeline(file, createGunzip(), readRecording) : pipeline(file, readRecording));
  } catch (error) {
    throw new CliError(`${path}: ${reasonOf(error)}`);
  }
}

/** RFC 1952 §2.3.1 */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Characters within which a session says that it is one. */
const HEAD_BYTES = 65_536;

async function readRecording(chunks: AsyncIterable<Uint8Array>): Promise<Log> {
  const reader = createHarReader();
  /** Of a session, which is read as a whole; null: it is none. */
  let parts: Uint8Array[] | null = null;
  let begun = false;
  for await (const chunk of chunks) {
    if (!begun && isSession(chunk)) parts = [];
    begun = true;
    if (parts === null) reader.feed(chunk);
    else parts.push(chunk);
  }
  return parts === null ? reader.finish() : fromSession(parseSession(Buffer.concat(parts).toString('utf8')));
}

function isSession(chunk: Uint8Array): boolean {
  const head = Buffer.from(chunk.subarray(0, HEAD_BYTES)).toString('utf8');
  return /"schemaVersion"\s*:/.test(head) && !/^\s*\{\s*"log"/.test(head);
}

const CODES: Record<string, string> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'this is a folder.',
  EACCES: 'this file may not be read.',
  ERR_STRING_TOO_LONG: 'this session is larger than can be read at once; save it as HAR instead.',
};

function reasonOf(error: unknown): string {
  if (error instanceof FileError) return error.message;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_')) return `its compression is damaged: ${message}.`;
  return CODES[code] ?? message;
}
