import { chunkFramingBytes, webSocketFrameHeaderBytes } from '../metrics/framing.ts';
import type { Heads, HttpVersion, Played, WireBytes, World } from './world.ts';

/** RFC 9113 §4.1 and §4.2: a frame's header, and the largest frame a peer accepts unless it says otherwise. */
export const H2_FRAME_HEADER_BYTES = 9;
const H2_FRAME_BYTES = 16_384;

/** `: hi\n\n`, an SSE comment. */
const COMMENT_BYTES = 6;
/** An empty ping to the page and the masked pong from it, RFC 6455 §5.5. */
const PING_PONG_BYTES = 2 + 6;

/** What carries a body of known length: nothing under HTTP/1.1 (Content-Length is in the head), DATA frames under HTTP/2. */
export const bodyFramingBytes = (version: HttpVersion, bodyBytes: number): number =>
  version === 'h2' ? Math.ceil(bodyBytes / H2_FRAME_BYTES) * H2_FRAME_HEADER_BYTES : 0;

/** What carries a piece of a body that has no end yet: a chunk (RFC 9112 §7.1) or a DATA frame. */
export const pieceFramingBytes = (version: HttpVersion, pieceBytes: number): number =>
  version === 'h2' ? bodyFramingBytes(version, pieceBytes) : chunkFramingBytes(pieceBytes);

export function addRequest(bytes: WireBytes, { requestBytes }: Heads): void {
  bytes.requestHeader += requestBytes;
}

/** A request for news, which may say in its content what it wants. */
export function addAsk(bytes: WireBytes, heads: Heads, world: World): void {
  addRequest(bytes, heads);
  bytes.payload += world.askBytes;
  bytes.framing += bodyFramingBytes(world.httpVersion, world.askBytes);
}

export function addReply(bytes: WireBytes, { responseBytes }: Heads, world: World, contentBytes: number): void {
  const bodyBytes = contentBytes * world.bodyRatio;
  bytes.responseHeader += responseBytes;
  bytes.payload += bodyBytes;
  bytes.framing += bodyFramingBytes(world.httpVersion, bodyBytes);
}

/** One event of an event stream, in a chunk or DATA frame of its own. */
export function addStreamEvent(bytes: WireBytes, world: World, payloadBytes: number): void {
  bytes.payload += payloadBytes;
  const piece = payloadBytes + world.eventFieldBytes;
  bytes.framing += world.eventFieldBytes + pieceFramingBytes(world.httpVersion, piece);
}

export function addFrame(bytes: WireBytes, payloadBytes: number, masked: boolean): void {
  bytes.payload += payloadBytes;
  bytes.framing += webSocketFrameHeaderBytes(payloadBytes, masked);
}

export function addHeartbeats(bytes: WireBytes, world: World, transport: 'sse' | 'websocket'): void {
  if (world.heartbeatMs === null) return;
  const each =
    transport === 'websocket' ? PING_PONG_BYTES : COMMENT_BYTES + pieceFramingBytes(world.httpVersion, COMMENT_BYTES);
  bytes.framing += Math.floor(world.horizonMs / world.heartbeatMs) * each;
}

/** Over HTTP whatever the page says is a request of its own, answered without content. */
export function addSends(played: Played, world: World): void {
  for (const { payloadBytes } of world.sends) {
    played.sends++;
    addRequest(played.bytes, world.heads.send);
    played.bytes.payload += payloadBytes;
    played.bytes.framing += bodyFramingBytes(world.httpVersion, payloadBytes);
    addReply(played.bytes, world.heads.send, world, 0);
  }
}
