/** One WebSocket frame (RFC 6455 §5.2). `payload` is unmasked; compressed when `rsv1` is set on the first frame. */
export interface WebSocketFrame {
  opcode: number;
  final: boolean;
  rsv1: boolean;
  headerBytes: number;
  payload: Buffer;
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Longer than anything `ws` accepts here: such a length is no frame, so the reader stops. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/** Follows one direction of a WebSocket connection. Never throws: it stops at what cannot be a frame. */
export function createFrameReader(onFrame: (frame: WebSocketFrame) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let heldBytes = 0;
  let wantedBytes = 2;
  let stopped = false;

  return (chunk) => {
    if (stopped) return;
    if (heldBytes + chunk.length < wantedBytes) {
      parts.push(chunk);
      heldBytes += chunk.length;
      return;
    }
    let bytes = heldBytes === 0 ? chunk : Buffer.concat([...parts, chunk]);
    for (;;) {
      wantedBytes = frameLength(bytes);
      if (bytes.length < wantedBytes) break;
      onFrame(readFrame(bytes, wantedBytes));
      bytes = bytes.subarray(wantedBytes);
    }
    stopped = wantedBytes > MAX_FRAME_BYTES;
    parts = bytes.length > 0 && !stopped ? [bytes] : [];
    heldBytes = bytes.length;
  };
}

/** Bytes of header: 2, 4 or 10 by the payload's length, and 4 more for the mask of a client's frame. */
function headerLength(bytes: Buffer): number {
  const length = bytes[1]! & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (bytes[1]! & 0x80 ? 4 : 0);
}

/** Bytes of the whole frame, or of as much of its header as is needed to know. */
function frameLength(bytes: Buffer): number {
  if (bytes.length < 2) return 2;
  const header = headerLength(bytes);
  if (bytes.length < header) return header;
  const length = bytes[1]! & 0x7f;
  if (length === 126) return header + bytes.readUInt16BE(2);
  return header + (length === 127 ? Number(bytes.readBigUInt64BE(2)) : length);
}

/** Reads the frame in the first `length` bytes. */
function readFrame(bytes: Buffer, length: number): WebSocketFrame {
  const headerBytes = headerLength(bytes);
  let payload = bytes.subarray(headerBytes, length);
  if (bytes[1]! & 0x80) {
    const mask = bytes.subarray(headerBytes - 4, headerBytes);
    payload = Buffer.from(payload.map((byte, index) => byte ^ mask[index & 3]!));
  }
  return {
    opcode: bytes[0]! & 0x0f,
    final: (bytes[0]! & 0x80) !== 0,
    rsv1: (bytes[0]! & 0x40) !== 0,
    headerBytes,
    payload,
  };
}
