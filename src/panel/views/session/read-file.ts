import { FileError } from '../../../core/session/file-error.ts';
import { createHarReader } from '../../../core/session/har/read.ts';
import { parseSession } from '../../../core/session/parse.ts';
import { fromSession } from '../../../core/session/read.ts';
import type { Log } from '../../../core/state.ts';

/** A HAR's outermost object has but one member. */
const HAR_HEAD = /^\uFEFF?\s*\{\s*"log"\s*:/;
const HEAD_BYTES = 1024;
/** After so long the browser gets to paint. */
const SLICE_MS = 25;

/**
 * The log in a session or HAR file, told apart by what is in them. `onProgress`: the share that is read.
 * @throws FileError with one sentence that names what is wrong and where
 */
export async function readLogFile(file: File, onProgress: (share: number) => void): Promise<Log> {
  if (file.size === 0) throw new FileError('The file is empty.');
  const head = await file.slice(0, HEAD_BYTES).text();
  if (HAR_HEAD.test(head)) return readHar(file, onProgress);
  return fromSession(parseSession(await file.text()));
}

async function readHar(file: File, onProgress: (share: number) => void): Promise<Log> {
  const reader = createHarReader();
  let read = 0;
  let paintedAt = performance.now();
  for await (const bytes of file.stream() as unknown as AsyncIterable<Uint8Array>) {
    reader.feed(bytes);
    read += bytes.length;
    if (performance.now() - paintedAt < SLICE_MS) continue;
    onProgress(read / file.size);
    await new Promise((painted) => setTimeout(painted));
    paintedAt = performance.now();
  }
  return reader.finish();
}
