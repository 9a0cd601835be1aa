import { mediaTypeOf } from './media-type.ts';
import type { StreamMessage, StreamReader } from './streams/message.ts';
import { createStreamReader, LINE_TYPES } from './streams/reader.ts';

/** The messages of one response that is still being read. */
export interface ExchangeStream {
  /** Takes what the page read at that time. `text` null: it was not recorded, and what it said is lost. */
  take(text: string | null, at: number): void;
  /** Whether any of it was recorded. */
  readonly sawText: boolean;
  /** The response is a stream after all: what was held back is handed on. */
  open(): void;
}

/** Media types that only streams have. */
const STREAM_TYPES = new Set([...LINE_TYPES, 'application/json-seq', 'multipart/x-mixed-replace', 'multipart/mixed']);
export const isStreamType = (contentType: string | null): boolean => STREAM_TYPES.has(mediaTypeOf(contentType));
export const isEventStream = (contentType: string | null): boolean => mediaTypeOf(contentType) === 'text/event-stream';

/** Text held back while a response may yet be an ordinary one. */
const MAX_HELD_CHARS = 100_000;

/**
 * Reads messages from a response. Types that only streams have are read at once; of any other the pieces wait until its timing
 * says that it is one (`open`), as most responses are not.
 */
export function createExchangeStream(
  contentType: string | null,
  onMessage: (message: StreamMessage, at: number) => void,
): ExchangeStream {
  let at = 0;
  const reader: StreamReader = createStreamReader(contentType, (message) => onMessage(message, at));
  let held: { text: string; at: number }[] | null = isStreamType(contentType) || isEventStream(contentType) ? null : [];
  let heldChars = 0;
  const feed = (text: string, when: number) => {
    at = when;
    reader.feed(text);
  };
  let sawText = false;
  return {
    get sawText() {
      return sawText;
    },
    take(text, when) {
      if (text === null) return;
      sawText = true;
      if (held === null) return feed(text, when);
      heldChars += text.length;
      if (heldChars <= MAX_HELD_CHARS) held.push({ text, at: when });
    },
    open() {
      const pieces = held ?? [];
      held = null;
      for (const piece of pieces) feed(piece.text, piece.at);
    },
  };
}
