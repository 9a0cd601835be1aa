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
  const server = await startOnFreePort(parsed);
  console.log(`Transport Lens test server: ${server.url}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => server.close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
