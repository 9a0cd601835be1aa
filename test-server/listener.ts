import type { Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { nowMs } from './clock.ts';
import { NO_FAULTS } from './faults.ts';
import { locateRun } from './locate.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import { createHttp1Connection } from './tap/http1-connection.ts';
import { TapSocket } from './tap/socket.ts';

/** A TCP server which hands each connection to `http` through a tap, so that its bytes are counted as they are. */
export function createTappedListener(http: HttpServer, runs: Runs): { server: Server; sockets: Set<TapSocket> } {
  const sockets = new Set<TapSocket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const tap = tapSocket(socket, socket, runs);
    sockets.add(tap);
    tap.on('close', () => sockets.delete(tap));
    http.emit('connection', tap);
  });
  return { server, sockets };
}

/** The line's faults are those of the run that its latest request belongs to. */
function tapSocket(socket: Socket, tcp: Socket, runs: Runs): TapSocket {
  let current: Run | null = null;
  const locate = (target: string) => {
    const place = locateRun(runs, target);
    current = place?.run ?? current;
    return place && { ledger: place.run.ledger, technique: place.technique };
  };
  const connection = createHttp1Connection(locate, nowMs);
  return new TapSocket(socket, tcp, connection, () => current?.faults ?? NO_FAULTS);
}
