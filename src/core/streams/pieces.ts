import { readLines } from './lines.ts';
import type { StreamMessage, StreamReader } from './message.ts';
import { readScripts } from './scripts.ts';

/** How a document begins. */
const MARKUP = /^\s*<(?:!doctype|html|head|body|script)\b/i;

/**
 * For text that names no framing: scripts, if what came first is a document; lines, if what came first ends in one, as comet frames do; otherwise one message
 * a piece, as the page itself was handed them.
 */
export function readPieces(onMessage: (message: StreamMessage) => void): StreamReader {
  let framed: StreamReader | null = null;
  let first = true;
  return {
    feed(piece) {
      if (first && MARKUP.test(piece)) framed = readScripts(onMessage);
      else if (first && piece.endsWith('\n')) framed = readLines(onMessage);
      first = false;
      if (framed !== null) framed.feed(piece);
      else if (piece.trim() !== '') onMessage({ type: 'text', text: piece, lastEventId: '' });
    },
  };
}
