import { parseArguments, USAGE } from './arguments.ts';
import { startOnFreePort } from './free-port.ts';

const parsed = parseArguments(process.argv.slice(2));
if ('problem' in parsed) {
  console.error(`${parsed.problem}\n${USAGE}`);
  process.exit(2);
}
if (parsed.help) {
  console.log(USAGE);
  process.exit(0);
}

try {
  const { host, port } = parsed;
  const h2 = parsed.h2 && { port: port === 0 ? 0 : port + 1 };
  const server = await startOnFreePort({ host, port, h2 });
  console.log(`Transport Lens test server: ${server.url}/`);
  if (server.h2Url) console.log(`The same over HTTP/2, with a certificate of its own: ${server.h2Url}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => server.close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
