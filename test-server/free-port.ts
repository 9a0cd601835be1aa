import { createTestServer, type TestServer, type TestServerOptions } from './server.ts';

/**
 * Starts a test server on `port`, or on the next one that is free.
 * Rejects with one sentence that names host and port when there is another problem.
 */
export async function startOnFreePort(options: TestServerOptions & { port: number }): Promise<TestServer> {
  const { host = '127.0.0.1', port } = options;
  try {
    return await createTestServer(options);
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && port > 0 && port < 65_535) return startOnFreePort({ ...options, port: port + 1 });
    if (syscall === 'listen') throw new Error(`The test server cannot listen on ${host}, port ${port}: ${message}`);
    throw error;
  }
}
