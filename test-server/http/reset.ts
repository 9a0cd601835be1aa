import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { constants } from 'node:http2';
import type { Run } from '../run.ts';
import { TapSocket } from '../tap/socket.ts';

/** Ends a response with a TCP reset, or RST_STREAM over HTTP/2. */
export function resetReply(reply: ServerResponse): void {
  const { stream } = reply as unknown as Partial<Http2ServerResponse>;
  if (stream) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else if (reply.socket instanceof TapSocket) reply.socket.reset();
}

/**
 * Plays the fault `resetAfterBytes` on a complete answer: sends its head and that much of its body, then resets.
 * Returns whether it did.
 */
export function resetMidResponse(run: Run, reply: ServerResponse, json: string): boolean {
  const { resetAfterBytes } = run.faults;
  if (resetAfterBytes === 0) return false;
  const body = Buffer.from(json);
  if (body.length <= resetAfterBytes) return false;
  reply.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  reply.write(body.subarray(0, resetAfterBytes), () => resetReply(reply));
  return true;
}
