import type { Http2Server, Http2ServerRequest, Http2ServerResponse, ServerHttp2Stream } from 'node:http2';
import type { Faults } from '../faults.ts';
import type { Http2Connection } from './http2-connection.ts';
import type { TapSocket } from './socket.ts';

/** How much of its way up each request has still to take. */
const restsMs = new WeakMap<ServerHttp2Stream, number>();

/**
 * Gives `socket` to the HTTP/2 server and tells `connection`, which follows its bytes, what each stream asks for.
 * `faults` are those of the latest request; a request of another run came at that one's pace, so it waits for the rest.
 */
export function serveIdentified(
  http2: Http2Server,
  socket: TapSocket,
  connection: Http2Connection,
  faults: () => Faults,
): void {
  // The session is made, and announced, within the emit below.
  http2.once('session', (session) => {
    session.on('error', () => {});
    // First, so that the run is known, with its faults, before the request's handler answers.
    session.prependListener('stream', (stream: ServerHttp2Stream, headers) => {
      const playedMs = faults().delayUpMs;
      connection.identify(stream.id!, headers[':method'] ?? '', headers[':path'] ?? '', () =>
        Number(stream.sentHeaders?.[':status'] ?? 0),
      );
      restsMs.set(stream, faults().delayUpMs - playedMs);
    });
  });
  http2.emit('connection', socket);
}

type Handler = (request: Http2ServerRequest, reply: Http2ServerResponse) => void;

/** Lets a request take the rest of its way up before it is handled. */
export const afterWayUp =
  (handle: Handler): Handler =>
  (request, reply) => {
    const restMs = restsMs.get(request.stream) ?? 0;
    if (restMs <= 0) handle(request, reply);
    else setTimeout(() => !request.stream.destroyed && handle(request, reply), restMs);
  };
