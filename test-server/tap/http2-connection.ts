import type { ExchangeTally } from '../exchange-tally.ts';
import type { Connection, Locate } from './connection.ts';
import { createHttp2Reader, dataContent, FLAG, FRAME, FRAME_HEADER_BYTES, type Http2Frame } from './http2.ts';

interface StreamState {
  headBytes: number;
  bodyBytes: number;
  framingBytes: number;
  /** Once the stream is identified: where it counts, and how to ask for its status. */
  tally: ExchangeTally | null;
  status: () => number;
}

export interface Http2Connection extends Connection {
  /** Header blocks are compressed, so the HTTP/2 layer above says what a stream asks for. Bytes are not its business. */
  identify(streamId: number, method: string, target: string, status: () => number): void;
}

/**
 * Follows one HTTP/2 connection. HEADERS and CONTINUATION count as heads with their 9-byte frame headers, as Chromium's
 * `_transferSize` does; of DATA frames, the header and padding count as framing.
 */
export function createHttp2Connection(locate: Locate, now: () => number): Http2Connection {
  const streams = new Map<number, StreamState>();

  function streamOf(id: number): StreamState {
    const known = streams.get(id);
    if (known) return known;
    const stream = { headBytes: 0, bodyBytes: 0, framingBytes: 0, tally: null, status: () => 0 };
    streams.set(id, stream);
    return stream;
  }

  function finish(streamId: number, how: 'end' | 'abort'): void {
    streams.get(streamId)?.tally?.[how](now());
    streams.delete(streamId);
  }

  const inbound = createHttp2Reader(true, (frame) => {
    const bytes = FRAME_HEADER_BYTES + frame.payload.length;
    if (frame.type === FRAME.rstStream) finish(frame.streamId, 'abort');
    else if (frame.type === FRAME.headers || frame.type === FRAME.continuation) {
      streamOf(frame.streamId).headBytes += bytes;
    } else if (frame.type === FRAME.data) {
      const content = dataContent(frame).length;
      const stream = streamOf(frame.streamId);
      if (stream.tally) countRequestData(stream.tally, content, bytes - content);
      else {
        stream.bodyBytes += content;
        stream.framingBytes += bytes - content;
      }
    }
  });

  const outbound = createHttp2Reader(false, (frame: Http2Frame) => {
    const bytes = FRAME_HEADER_BYTES + frame.payload.length;
    const stream = streams.get(frame.streamId);
    if (frame.type === FRAME.rstStream) finish(frame.streamId, 'abort');
    if (!stream || frame.type === FRAME.rstStream) return;
    if (frame.type === FRAME.headers || frame.type === FRAME.continuation) {
      stream.tally?.responseHead(stream.status(), bytes);
    } else if (frame.type === FRAME.data) {
      const content = dataContent(frame);
      stream.tally?.framing(bytes - content.length);
      stream.tally?.body(content, now());
    } else return;
    if (frame.flags & FLAG.endStream) finish(frame.streamId, 'end');
  });

  return {
    inbound,
    outbound,
    identify(streamId, method, target, status) {
      const stream = streamOf(streamId);
      const place = locate(target);
      stream.status = status;
      if (!place) return;
      const about = { technique: place.technique, httpVersion: '2' as const, method, target };
      stream.tally = place.ledger.openExchange(about, stream.headBytes, now());
      countRequestData(stream.tally, stream.bodyBytes, stream.framingBytes);
    },
    close() {
      for (const id of [...streams.keys()]) finish(id, 'abort');
    },
  };
}

function countRequestData(tally: ExchangeTally, content: number, framing: number): void {
  tally.requestBody(content);
  tally.framing(framing);
}
