import { mediaTypeOf } from '../media-type.ts';
import { readEventStream } from './event-stream.ts';
import { readJsonSequence } from './json-sequence.ts';
import { readLines } from './lines.ts';
import type { StreamMessage, StreamReader } from './message.ts';
import { readMultipart } from './multipart.ts';
import { readPieces } from './pieces.ts';

export const LINE_TYPES: ReadonlySet<string> = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'application/stream+json',
]);

/** The reader for a media type. Text of any other type is read by lines where it has them, else piece by piece. */
export function createStreamReader(
  contentType: string | null,
  onMessage: (message: StreamMessage) => void,
): StreamReader {
  const type = mediaTypeOf(contentType);
  if (type === 'text/event-stream') return readEventStream(onMessage);
  if (type === 'application/json-seq') return readJsonSequence(onMessage);
  if (type.startsWith('multipart/')) return readMultipart(contentType!, onMessage);
  return LINE_TYPES.has(type) ? readLines(onMessage) : readPieces(onMessage);
}
