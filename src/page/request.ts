import { REQUEST_TEXT_CHARS, TEXT_CHARS } from '../protocol.ts';
import { urlHref } from './natives.ts';
import { textHead } from './payload.ts';

/** A URL as the page wrote it, a string or a URL object; null for what only the browser can turn into one. */
export function writtenUrl(url: unknown): string | null {
  const text = typeof url === 'string' ? url : urlHref(url);
  return text === null ? null : clipped(text);
}

/** A data: URL may have any length. */
export const clipped = (url: string): string => textHead(url, TEXT_CHARS);

/** The head of a text body; null for any other. */
export const requestText = (body: unknown): string | null =>
  typeof body === 'string' ? textHead(body, REQUEST_TEXT_CHARS) : null;
