import { constants, inflateRawSync } from 'node:zlib';

const WINDOW_BYTES = 32 * 1024;
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/**
 * Decompresses the messages of one direction of permessage-deflate (RFC 7692 §7.2.2), synchronously, carrying the
 * window from message to message unless the direction has `noContextTakeover`. Returns null for what does not inflate.
 */
export function createInflater(noContextTakeover: boolean): (compressed: Buffer) => Buffer | null {
  let window = Buffer.alloc(0);
  return (compressed) => {
    try {
      const message = inflateRawSync(Buffer.concat([compressed, TAIL]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        ...(window.length > 0 && { dictionary: window }),
      });
      if (!noContextTakeover) window = Buffer.concat([window, message]).subarray(-WINDOW_BYTES);
      return message;
    } catch {
      return null;
    }
  };
}
