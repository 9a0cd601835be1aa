import type { Http2Server, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Http2Connection } from './http2-connection.ts';

/** Gives `socket` to the HTTP/2 server and tells `connection`, which follows its bytes, what each stream asks for. */
export function serveIdentified(http2: Http2Server, socket: Duplex, connection: Http2Connection): void {
  // The session is made, and announced, within the emit below.
  http2.once('session', (session) => {
    session.on('error', () => {});
    // First, so that the run is known, with its faults, before the request's handler answers.
    session.prependListener('stream', (stream: ServerHttp2Stream, headers) => {
      connection.identify(stream.id!, headers[':method'] ?? '', headers[':path'] ?? '', () =>
        Number(stream.sentHeaders?.[':status'] ?? 0),
      );
    });
  });
  http2.emit('connection', socket);
}
