import { parseArguments, USAGE } from './arguments.ts';
import { createTestServer, type TestServer } from './server.ts';

const parsed = parseArguments(process.argv.slice(2));
if ('problem' in parsed) {
  console.error(`${parsed.problem}\n${USAGE}`);
  process.exit(2);
}
if (parsed.help) {
  console.log(USAGE);
  process.exit(0);
}

const server = await startOnFreePort(parsed.host, parsed.port);
console.log(`Transport Lens test server: ${server.url}/`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => server.close().then(() => process.exit(0)));
}

/** Takes the next port as long as one is busy; any other problem ends the process with one sentence. */
async function startOnFreePort(host: string, port: number): Promise<TestServer> {
  try {
    return await createTestServer({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && port < 65_535) return startOnFreePort(host, port + 1);
    console.error(`The test server cannot listen on ${host}, port ${port}: ${message}`);
    process.exit(1);
  }
}
