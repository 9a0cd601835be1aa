import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { ROUTES } from './fixture-routes.ts';

/** One request as it came over the wire. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  bodyBytes: number;
}

export interface FixtureState {
  requests: SeenRequest[];
  held: Map<string, () => void>;
  floods: Map<string, { sent: number; closed: boolean }>;
}

export interface FixtureServer extends FixtureState {
  /** `localhost` is another origin on the same port: `url.replace('127.0.0.1', 'localhost')`. */
  url: string;
  port: number;
  /** Serves more text, such as a bundled library. */
  serve(path: string, contentType: string, content: string | Buffer): void;
  close(): Promise<void>;
}

/** A hermetic server on a free port of 127.0.0.1. Everything it was asked for is in `requests`. */
export async function startFixtureServer(): Promise<FixtureServer> {
  const state: FixtureState = { requests: [], held: new Map(), floods: new Map() };
  const files = new Map<string, { contentType: string; content: string | Buffer }>();
  const server = createServer(async (req, res) => {
    const { pathname, searchParams: query } = new URL(req.url!, 'http://fixture');
    const parts: Buffer[] = [];
    const seen: SeenRequest = { method: req.method!, url: req.url!, headers: req.headers, bodyBytes: 0 };
    state.requests.push(seen);
    try {
      for await (const part of req) parts.push(part);
    } catch {
      return;
    }
    const body = Buffer.concat(parts);
    seen.bodyBytes = body.length;
    if (query.has('cors')) allowCors(req.headers, (name, value) => res.setHeader(name, value));
    const file = files.get(pathname);
    if (req.method === 'OPTIONS') res.writeHead(204).end();
    else if (file !== undefined) res.writeHead(200, { 'content-type': file.contentType }).end(file.content);
    else if (Object.hasOwn(ROUTES, pathname)) await ROUTES[pathname]!({ req, res, query, body, state });
    else res.writeHead(404).end();
  });
  const sockets = new WebSocketServer({
    server,
    path: '/ws',
    perMessageDeflate: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  sockets.on('connection', (socket, { url }) => url?.endsWith('?sink') || echo(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    port,
    serve: (path, contentType, content) => files.set(path, { contentType, content }),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function allowCors(asked: SeenRequest['headers'], set: (name: string, value: string) => void): void {
  set('access-control-allow-origin', '*');
  set('access-control-allow-methods', 'PUT');
  const wanted = asked['access-control-request-headers'];
  if (typeof wanted === 'string') set('access-control-allow-headers', wanted);
}

/** Echoes each message as it came; `close <code> <reason>`, `cut` and `burst <count>` are orders. */
function echo(socket: WebSocket): void {
  socket.on('message', (data, isBinary) => {
    const [order, first, ...rest] = isBinary ? [] : data.toString().split(' ');
    if (order === 'close') socket.close(Number(first), rest.join(' '));
    else if (order === 'cut') socket.terminate();
    else if (order === 'burst') for (let n = 0; n < Number(first); n++) socket.send('x'.repeat(100));
    else socket.send(data, { binary: isBinary });
  });
}
