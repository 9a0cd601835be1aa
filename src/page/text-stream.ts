import { STREAM_BYTES_PER_S } from '../protocol.ts';
import { includes, startsWith, toLowerCase } from './natives.ts';

/** Whether a body of this media type may bring messages as text. No RegExp: its use shows in `RegExp.lastMatch`. */
export function isText(contentType: string | null): boolean {
  if (contentType === null) return false;
  const type = toLowerCase(contentType);
  return (
    startsWith(type, 'text/') ||
    startsWith(type, 'multipart/') ||
    (startsWith(type, 'application/') &&
      (includes(type, 'json') || includes(type, 'javascript') || includes(type, 'xml') || includes(type, 'x-www-form')))
  );
}

/**
 * How much of one response travels as text: so much a second, and at most so much at once. Calls back whether so many more
 * bytes may, read at `at` (ms).
 */
export function createAllowance(): (bytes: number, at: number) => boolean {
  let left = STREAM_BYTES_PER_S;
  let since = 0;
  return (bytes, at) => {
    left += ((at - since) * STREAM_BYTES_PER_S) / 1000;
    if (left > STREAM_BYTES_PER_S) left = STREAM_BYTES_PER_S;
    since = at;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
}
