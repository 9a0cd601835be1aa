/** One HTTP/2 frame (RFC 9113 §4.1) as it passed. */
export interface Http2Frame {
  type: number;
  flags: number;
  streamId: number;
  /** Without the 9-byte header. */
  payload: Buffer;
}

export const FRAME_HEADER_BYTES = 9;
export const FRAME = { data: 0, headers: 1, rstStream: 3, continuation: 9 } as const;
export const FLAG = { endStream: 0x1, padded: 0x8 } as const;

const PREFACE_BYTES = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'.length;

/** Follows one direction of an HTTP/2 connection. `fromClient`: the connection preface comes first and is skipped. */
export function createHttp2Reader(fromClient: boolean, onFrame: (frame: Http2Frame) => void): (chunk: Buffer) => void {
  let held: Buffer | null = null;
  let skipBytes = fromClient ? PREFACE_BYTES : 0;

  return (chunk) => {
    let bytes: Buffer = held ? Buffer.concat([held, chunk]) : chunk;
    const skipped = Math.min(skipBytes, bytes.length);
    skipBytes -= skipped;
    bytes = bytes.subarray(skipped);
    while (bytes.length >= FRAME_HEADER_BYTES) {
      const length = FRAME_HEADER_BYTES + bytes.readUIntBE(0, 3);
      if (bytes.length < length) break;
      onFrame({
        type: bytes[3]!,
        flags: bytes[4]!,
        streamId: bytes.readUInt32BE(5) & 0x7fff_ffff,
        payload: bytes.subarray(FRAME_HEADER_BYTES, length),
      });
      bytes = bytes.subarray(length);
    }
    held = bytes.length > 0 ? Buffer.from(bytes) : null;
  };
}

/** The content of a DATA frame without its padding (RFC 9113 §6.1). */
export function dataContent({ flags, payload }: Http2Frame): Buffer {
  if ((flags & FLAG.padded) === 0 || payload.length === 0) return payload;
  return payload.subarray(1, Math.max(1, payload.length - payload[0]!));
}
