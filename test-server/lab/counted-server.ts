import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { nowMs } from '../clock.ts';
import { NO_FAULTS } from '../faults.ts';
import { Ledger } from '../ledger.ts';
import { Http1Connection } from '../tap/http1-connection.ts';
import { createHttp2Connection } from '../tap/http2-connection.ts';
import { serveIdentified } from '../tap/identify.ts';
import { TapSocket } from '../tap/socket.ts';

/** A small server of any content whose bytes are counted like those of the large one; HTTP/2 is without TLS. */
export async function startCountedServer(version: '1.1' | '2', listener: RequestListener) {
  const ledger = new Ledger();
  const locate = () => ({ ledger, technique: 'request' as const });
  const http1 = createServer(listener);
  const http2 = createHttp2Server();
  http2.on('request', listener as never);
  const tcp = createTcpServer((socket) => {
    if (version === '1.1') {
      http1.emit('connection', new TapSocket(socket, socket, new Http1Connection(locate, nowMs), () => NO_FAULTS));
      return;
    }
    const connection = createHttp2Connection(locate, nowMs);
    const noFaults = () => NO_FAULTS;
    serveIdentified(http2, new TapSocket(socket, socket, connection, noFaults), connection, noFaults);
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  return { port: (tcp.address() as AddressInfo).port, ledger, close: () => tcp.close() };
}
