import { MAX_PENDING_CHARS, type StreamMessage, type StreamReader } from './message.ts';

/** One message a line; empty lines keep the connection alive. */
export function readLines(onMessage: (message: StreamMessage) => void): StreamReader {
  let pending = '';
  return {
    feed(piece) {
      const lines = (pending + piece).split('\n');
      pending = lines.pop()!.slice(0, MAX_PENDING_CHARS);
      for (const line of lines) {
        const text = line.endsWith('\r') ? line.slice(0, -1) : line;
        if (text.trim() !== '') onMessage({ type: 'text', text, lastEventId: '' });
      }
    },
  };
}
