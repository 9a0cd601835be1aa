import { MAX_PENDING_CHARS, type StreamMessage, type StreamReader } from './message.ts';

/** RFC 2046 §5.1: parts between lines of `--boundary`; the text before the first is no part. */
export function readMultipart(contentType: string, onMessage: (message: StreamMessage) => void): StreamReader {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1] ?? '-';
  const delimiter = `--${boundary}`;
  let pending = '';
  let inPart = false;
  return {
    feed(piece) {
      const parts = (pending + piece).split(delimiter);
      pending = parts.pop()!.slice(0, MAX_PENDING_CHARS);
      for (const part of parts) {
        if (inPart) onMessage({ type: 'text', text: contentOf(part), lastEventId: '' });
        inPart = true;
      }
    },
  };
}

/** What follows the part's own headers. */
function contentOf(part: string): string {
  const end = /\r?\n\r?\n/.exec(part);
  return (end === null ? part : part.slice(end.index + end[0].length)).replace(/\r?\n$/, '');
}
