import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createRouter } from './http/router.ts';
import { createTappedListener } from './listener.ts';
import { routes } from './routes/index.ts';
import { createWebSocketRoute } from './routes/ws.ts';
import { Runs } from './runs.ts';
import type { Truth } from './truth.ts';

export interface TestServerOptions {
  /** 0, the default: any free port. */
  port?: number;
  /** Default 127.0.0.1: nobody else can reach it. */
  host?: string;
}

export interface TestServer {
  /** Without a trailing slash. */
  url: string;
  /** Creates a run from the parameters of `scenarioFromParams` and `faultsFromParams`; returns its id. */
  createRun(params: Record<string, string | number>): string;
  /** Emits an event with this JSON data in every run, on every technique; returns its ids. */
  publish(data: unknown): string[];
  /** What the sockets carried for a run so far. @throws HttpError 404 for an unknown run */
  truth(run: string): Truth;
  /** Ends and forgets all runs and closes all connections. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a server of its own: no state is shared between two of them. @throws the error of `listen`, e.g. EADDRINUSE */
export async function createTestServer({ port = 0, host = '127.0.0.1' }: TestServerOptions = {}): Promise<TestServer> {
  const runs = new Runs();
  const http = createServer({ keepAliveTimeout: 0 }, createRouter(routes, runs));
  http.on('upgrade', createWebSocketRoute(runs));
  const { server, sockets } = createTappedListener(http, runs);
  await listen(server, port, host);

  const reset = (): void => {
    runs.clear();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://${urlHost(host)}:${(server.address() as AddressInfo).port}`,
    createRun: (params) =>
      runs.fromParams(
        new URLSearchParams(Object.entries(params).map(([name, value]): [string, string] => [name, String(value)])),
      ).id,
    publish: (data) => runs.all().map((run) => run.publish(data).id),
    truth: (run) => runs.get(run).truth(),
    reset,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      http.close();
      reset();
      await closed;
    },
  };
}

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
