import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createLine, type Server as Line, type Socket } from 'node:net';
import { Server } from 'socket.io';

export interface SocketIoOptions {
  /** How often it says something to everybody. */
  everyMs: number;
  /** Takes so long each way. */
  lagMs?: number;
}

export interface SocketIoServer {
  url: string;
  close(): Promise<void>;
}

/** A real Socket.IO server, which speaks to all it is connected with; from any page, over a line that may be long. */
export async function startSocketIo({ everyMs, lagMs = 0 }: SocketIoOptions): Promise<SocketIoServer> {
  const http = createServer();
  const io = new Server(http, { cors: { origin: '*' } });
  let count = 0;
  const timer = setInterval(() => io.emit('news', { count: ++count }), everyMs);
  const port = await listen(http);
  const line = lagMs === 0 ? null : createLongLine(port, lagMs);
  return {
    url: `http://127.0.0.1:${line === null ? port : await listen(line)}`,
    async close() {
      clearInterval(timer);
      line?.close();
      await io.close();
    },
  };
}

const listen = (server: Line): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

/** Passes bytes on to `port` and back, each way `lagMs` later. */
function createLongLine(port: number, lagMs: number): Line {
  return createLine((near) => {
    const far = connect(port, '127.0.0.1');
    pass(near, far, lagMs);
    pass(far, near, lagMs);
  });
}

function pass(from: Socket, to: Socket, lagMs: number): void {
  from.on('data', (bytes) => setTimeout(() => to.write(bytes), lagMs));
  from.on('close', () => setTimeout(() => to.destroy(), lagMs));
  from.on('error', () => {});
}
