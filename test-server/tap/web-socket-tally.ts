import type { ExchangeTally } from '../exchange-tally.ts';
import type { Headers } from './http1.ts';
import { createInflater } from './inflate.ts';
import { createFrameReader, OPCODE, type WebSocketFrame } from './web-socket.ts';

export type WebSocketTally = ReturnType<typeof createWebSocketTally>;

/** Counts the frames of an accepted WebSocket, both ways; `headers` are those of the 101 response. */
export function createWebSocketTally(tally: ExchangeTally, headers: Headers, now: () => number) {
  const extensions = headers.get('sec-websocket-extensions') ?? '';
  const inflate = extensions.includes('permessage-deflate')
    ? createInflater(extensions.includes('server_no_context_takeover'))
    : null;
  let fragments: Buffer[] = [];
  let isCompressed = false;

  /** The message a received frame completes. */
  function completeMessage(frame: WebSocketFrame): Buffer | null {
    if (frame.opcode > OPCODE.binary) return null;
    if (frame.opcode !== OPCODE.continuation) isCompressed = frame.rsv1;
    if (frame.final && fragments.length === 0 && !isCompressed) return frame.payload;
    fragments.push(Buffer.from(frame.payload));
    if (!frame.final) return null;
    const message = Buffer.concat(fragments);
    fragments = [];
    return isCompressed && inflate ? inflate(message) : message;
  }

  return {
    sent: createFrameReader((frame) => tally.frame('sent', frame, null, now())),
    received: createFrameReader((frame) => tally.frame('received', frame, completeMessage(frame), now())),
  };
}
