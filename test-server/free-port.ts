import { createTestServer, type TestServer, type TestServerOptions } from './server.ts';

/** The one after it must be left for HTTP/2. */
const LAST_PORT = 65_534;

/**
 * Starts a test server on `port`, or on the next one that is free; a port of `h2` moves along.
 * Rejects with one sentence that names host and port when there is another problem.
 */
export async function startOnFreePort(options: TestServerOptions & { port: number }): Promise<TestServer> {
  const { host = '127.0.0.1', port, h2 = false } = options;
  try {
    return await createTestServer(options);
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && port > 0 && port < LAST_PORT) {
      const nextH2 = typeof h2 === 'object' ? { port: h2.port + 1 } : h2;
      return startOnFreePort({ ...options, port: port + 1, h2: nextH2 });
    }
    if (syscall === 'listen') throw new Error(`The test server cannot listen on ${host}, port ${port}: ${message}`);
    throw error;
  }
}
