import { MAX_PENDING_CHARS, type StreamMessage, type StreamReader } from './message.ts';

/** RFC 7464: each text begins with a record separator and ends with a line feed. */
const RECORD_SEPARATOR = '\x1e';

export function readJsonSequence(onMessage: (message: StreamMessage) => void): StreamReader {
  let pending = '';
  return {
    feed(piece) {
      const records = (pending + piece).split(RECORD_SEPARATOR);
      pending = records.pop()!.slice(0, MAX_PENDING_CHARS);
      // A record that ends in its line feed is whole; it need not wait for the next one to begin.
      if (pending.endsWith('\n')) {
        records.push(pending);
        pending = '';
      }
      for (const record of records) {
        const text = record.trim();
        if (text !== '') onMessage({ type: 'text', text, lastEventId: '' });
      }
    },
  };
}
