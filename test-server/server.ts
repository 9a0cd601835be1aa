import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { makeCertificate } from './certificate.ts';
import { createRouter } from './http/router.ts';
import { Taps } from './listener.ts';
import { routes } from './routes/index.ts';
import { createLabRoutes } from './routes/lab.ts';
import { createWebSocketRoute } from './routes/ws.ts';
import { Runs } from './runs.ts';
import { afterWayUp } from './tap/identify.ts';
import type { Truth } from './truth.ts';

export interface TestServerOptions {
  /** 0, the default: any free port. */
  port?: number;
  /** Default 127.0.0.1: nobody else can reach it. */
  host?: string;
  /** Also serve HTTPS with HTTP/2, on the given port or any free one. Needs the `openssl` command. */
  h2?: boolean | { port: number };
}

export interface TestServer {
  /** Without a trailing slash. */
  url: string;
  /** HTTPS with HTTP/2 (WebSocket on 1.1); null without `h2`. Its certificate is self-signed. */
  h2Url: string | null;
  /** Creates a run from the parameters of `scenarioFromParams` and `faultsFromParams`; returns its id. */
  createRun(params: Record<string, string | number>): string;
  /** Emits an event with this JSON data in every run, on every technique; returns its ids. */
  publish(data: unknown): string[];
  /** What the sockets carried for a run so far. @throws HttpError 404 for an unknown run */
  truth(run: string): Truth;
  /** Closes every connection, as a restart would; the runs go on. */
  dropConnections(): void;
  /** Ends and forgets all runs and closes all connections. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts a server of its own: no state is shared between two of them.
 * @throws the error of `listen`, e.g. EADDRINUSE; with `h2`, an Error when there is no certificate to be had
 */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { port = 0, host = '127.0.0.1', h2 = false } = options;
  const runs = new Runs();
  const speakers = createSpeakers(runs);
  const taps = new Taps(runs, speakers);
  const servers = [await listen(taps.listenPlain(), port, host)];
  try {
    const h2Port = typeof h2 === 'object' ? h2.port : 0;
    if (h2) servers.push(await listen(taps.listenSecure(await makeCertificate()), h2Port, host));
  } catch (error) {
    servers[0]!.close();
    throw error;
  }
  const urlOf = (server: Server) => `//${urlHost(host)}:${(server.address() as AddressInfo).port}`;
  const reset = (): void => {
    runs.clear();
    taps.destroyAll();
  };
  return {
    url: `http:${urlOf(servers[0]!)}`,
    h2Url: servers[1] ? `https:${urlOf(servers[1])}` : null,
    createRun: (params) => runs.fromParams(toParams(params)).id,
    publish: (data) => runs.all().map((run) => run.publish(data).id),
    truth: (run) => runs.get(run).truth(),
    dropConnections: () => taps.destroyAll(),
    reset,
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      speakers.http1.close();
      reset();
      await Promise.all(closed);
    },
  };
}

function createSpeakers(runs: Runs) {
  const handle = createRouter([...routes, ...createLabRoutes(createTestServer)], runs);
  const http1 = createServer({ keepAliveTimeout: 0 }, handle);
  http1.on('upgrade', createWebSocketRoute(runs));
  const http2 = createHttp2Server();
  // Over HTTP/2, Node's compatibility objects have all the routes use of HTTP/1.1's.
  http2.on('request', afterWayUp(handle as never));
  return { http1, http2 };
}

const toParams = (params: Record<string, string | number>): URLSearchParams =>
  new URLSearchParams(Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]));

/** Connections that may wait to be accepted: thousands of clients come at once. The system may allow fewer. */
const BACKLOG = 4096;

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
