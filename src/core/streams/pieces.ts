import { readLines } from './lines.ts';
import type { StreamMessage, StreamReader } from './message.ts';

/**
 * For text that names no framing: lines, if what came first ends in one, as comet frames do; otherwise one message
 * a piece, as the page itself was handed them.
 */
export function readPieces(onMessage: (message: StreamMessage) => void): StreamReader {
  let lines: StreamReader | null = null;
  let first = true;
  return {
    feed(piece) {
      if (first && piece.endsWith('\n')) lines = readLines(onMessage);
      first = false;
      if (lines !== null) lines.feed(piece);
      else if (piece.trim() !== '') onMessage({ type: 'text', text: piece, lastEventId: '' });
    },
  };
}
