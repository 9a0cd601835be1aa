import { mediaTypeOf } from '../media-type.ts';
import type { Exchange, NetworkEntry } from '../model.ts';

/** Between two pieces of a message stream the server waited; a download comes as fast as it can. */
export const PAUSE_MS = 100;
const MIN_PAUSES = 3;
/** Or its pieces are many and small, as the words of a language model are. */
const MIN_SMALL_PIECES = 8;
const SMALL_BYTES = 1500;
const MIN_DURATION_MS = 1000;
/** Faster is a download. */
const MAX_BYTES_PER_MS = 50;
/** No messages in these. */
const BINARY = /^(image|video|audio|font)\/|^application\/(octet-stream|zip|gzip|pdf|wasm|x-protobuf)/;
/** What nobody saw arrive must have taken long for its answer to be called a stream. */
const MIN_UNSEEN_MS = 2000;

/** Whether a response comes in pieces with pauses between them, as far as the page has read it. */
export function isStreaming(
  { respondedAt, contentType, chunks, pauses, chunkBytes }: Exchange,
  nowMs: number,
): boolean {
  if (respondedAt === null || BINARY.test(mediaTypeOf(contentType))) return false;
  const overMs = nowMs - respondedAt;
  if (overMs < MIN_DURATION_MS || chunkBytes > MAX_BYTES_PER_MS * overMs) return false;
  return pauses >= MIN_PAUSES || (chunks >= MIN_SMALL_PIECES && chunkBytes / chunks < SMALL_BYTES);
}

/** The same of a response whose pieces nobody saw: it took far longer to come than to begin. */
export function wasStreamed({ contentType, waitMs, receiveMs, contentBytes }: NetworkEntry): boolean {
  if (BINARY.test(mediaTypeOf(contentType))) return false;
  return receiveMs > MIN_UNSEEN_MS && receiveMs > 3 * waitMs && (contentBytes ?? 0) < MAX_BYTES_PER_MS * receiveMs;
}
