import { createServer } from 'vite';
import { startOnFreePort } from '../test-server/free-port.ts';
import { ROOT } from './paths.ts';

const vite = await createServer({ root: ROOT });
await vite.listen();
const server = await startOnFreePort({ port: 8080 });
console.log(`Load dist/chrome as an unpacked extension once; it follows your changes.\nTest server: ${server.url}/`);
process.on('SIGINT', () => Promise.all([vite.close(), server.close()]).then(() => process.exit(0)));
