import { type Direction, TEXT_CHARS, WHOLE_TEXT } from '../protocol.ts';
import type { ReadBlob } from './blobs.ts';
import { now } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { binaryBytes, blobBytes, bytesOf, textHead, utf8Bytes } from './payload.ts';

/** Tells of one message of the connection `id`. */
export interface MessageTeller {
  text(id: number, direction: Direction, text: string, type: string, lastEventId: string): void;
  /** False when `data` is neither an ArrayBuffer nor a view of one. */
  binary(id: number, direction: Direction, data: unknown, type: string): boolean;
  /** False when `data` is no Blob. */
  blob(id: number, direction: Direction, data: unknown): boolean;
  /** A message of which only the browser knows what it says. */
  unknown(id: number, direction: Direction): void;
}

/** Sizes always; of the content as much as the recorder wants, and of binary content nothing while nobody listens. */
export function createMessageTeller(outbox: Outbox, readBlob: ReadBlob): MessageTeller {
  return {
    text(id, direction, text, type, lastEventId) {
      const { wanted } = outbox;
      const chars = wanted === null ? TEXT_CHARS : wanted.textChars;
      const isWhole = text.length <= chars;
      const head = isWhole ? text : textHead(text, chars);
      // Measuring costs as much as all else here: of a text that travels whole the recorder can do it.
      const payloadBytes = isWhole ? WHOLE_TEXT : utf8Bytes(text);
      outbox.emit(['message', id, now(), direction, type, payloadBytes, head, null, null, lastEventId]);
    },
    binary(id, direction, data, type) {
      const size = binaryBytes(data);
      if (size === null) return false;
      const { wanted } = outbox;
      const at = now();
      if (wanted === null) outbox.emit(['message', id, at, direction, type, size, null, null, null, '']);
      else {
        const most = wanted.binaryBytes;
        const head = size < most ? size : most;
        outbox.emit(['message', id, at, direction, type, size, null, head, null, ''], bytesOf(data, 0, head), head);
      }
      return true;
    },
    blob(id, direction, data) {
      const size = blobBytes(data);
      if (size === null) return false;
      const contentId = outbox.wanted === null ? null : readBlob(id, data as Blob, outbox.wanted.binaryBytes);
      outbox.emit(['message', id, now(), direction, 'binary', size, null, null, contentId, '']);
      return true;
    },
    unknown(id, direction) {
      outbox.emit(['message', id, now(), direction, 'text', null, '', null, null, '']);
    },
  };
}
