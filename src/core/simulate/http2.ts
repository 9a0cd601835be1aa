import { H2_FRAME_HEADER_BYTES } from './bytes.ts';
import { stringLiteralBytes } from './huffman.ts';

/** Chromium puts weight and dependency into each HEADERS frame, RFC 9113 §6.2. */
const PRIORITY_BYTES = 5;
/** The name of a path that is spelled out, by its index. */
const PATH_NAME_BYTES = 1;

/**
 * Request head of a warm HTTP/2 connection, on which all headers but the path were sent before: one octet each.
 * Measured with Chromium, this meets the wire to the byte; a browser that leaves priorities out sends five less.
 */
export const warmRequestBytes = (headerCount: number, path: string): number =>
  H2_FRAME_HEADER_BYTES + PRIORITY_BYTES + (headerCount - 1) + PATH_NAME_BYTES + stringLiteralBytes(path);

/** `Date` in full, when the second changed: index, length, 22 octets of Huffman code. */
export const DATE_BYTES = 24;
/** Measured: status, a length that changes and what surrounds them, on a warm connection. */
const CHANGING_REPLY_BYTES = 12;

/** Response head of a warm HTTP/2 connection: repeated headers an octet each, the length anew, without a new `Date`. */
export const warmReplyBytes = (headerCount: number): number =>
  H2_FRAME_HEADER_BYTES + CHANGING_REPLY_BYTES + headerCount;
