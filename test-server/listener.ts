import type { Server as HttpServer } from 'node:http';
import type { Http2Server } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { nowMs } from './clock.ts';
import { type Faults, NO_FAULTS } from './faults.ts';
import { locateRun } from './locate.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import type { Locate } from './tap/connection.ts';
import { Http1Connection } from './tap/http1-connection.ts';
import { createHttp2Connection } from './tap/http2-connection.ts';
import { serveIdentified } from './tap/identify.ts';
import { TapSocket } from './tap/socket.ts';

/** What speaks the protocols above the taps. Neither of them listens; they are given connections. */
export interface Speakers {
  http1: HttpServer;
  http2: Http2Server;
}

/** Open connections of one server, each behind its tap. */
export class Taps {
  readonly #sockets = new Set<TapSocket>();

  constructor(
    readonly runs: Runs,
    readonly speakers: Speakers,
  ) {}

  /** A TCP server for HTTP/1.1. */
  listenPlain(): Server {
    return createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.serveHttp1(socket, socket));
  }

  /** TLS for HTTP/2, and HTTP/1.1 for those who ask for that, as browsers do for WebSocket. */
  listenSecure(certificate: Certificate): Server {
    const secureContext = createSecureContext(certificate);
    return createServer({ allowHalfOpen: true, noDelay: true }, (tcp) => {
      const secure = new TLSSocket(tcp, { isServer: true, secureContext, ALPNProtocols: ['h2', 'http/1.1'] });
      secure.on('error', () => secure.destroy());
      secure.once('secure', () => {
        if (secure.alpnProtocol === 'h2') this.serveHttp2(secure, tcp);
        else this.serveHttp1(secure, tcp);
      });
    });
  }

  /** Serves HTTP/1.1 on `socket`; resets go to `tcp`. */
  serveHttp1(socket: Socket, tcp: Socket): void {
    const { locate, faults, faultsSinceMs } = this.#follow();
    const connection = new Http1Connection(locate, nowMs);
    this.speakers.http1.emit('connection', this.#tap(new TapSocket(socket, tcp, connection, faults, faultsSinceMs)));
  }

  /** Serves HTTP/2 on `socket`, which need not be encrypted. */
  serveHttp2(socket: Socket, tcp: Socket): void {
    const { locate, faults, faultsSinceMs } = this.#follow();
    const connection = createHttp2Connection(locate, nowMs);
    const tap = this.#tap(new TapSocket(socket, tcp, connection, faults, faultsSinceMs));
    serveIdentified(this.speakers.http2, tap, connection, faults);
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #tap(tap: TapSocket): TapSocket {
    this.#sockets.add(tap);
    tap.on('close', () => this.#sockets.delete(tap));
    return tap;
  }

  /** The line's faults are those of the run that its latest request belongs to. */
  #follow(): { locate: Locate; faults: () => Faults; faultsSinceMs: () => number } {
    let current: Run | null = null;
    return {
      locate: (target) => {
        const place = locateRun(this.runs, target);
        current = place?.run ?? current;
        if (current) current.firstRequestAt ??= nowMs();
        return place && { ledger: place.run.ledger, technique: place.technique };
      },
      faults: () => current?.faults ?? NO_FAULTS,
      faultsSinceMs: () => current?.firstRequestAt ?? nowMs(),
    };
  }
}
