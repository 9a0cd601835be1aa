import { once } from 'node:events';
import { connect } from 'node:http2';
import { WebSocket } from 'ws';
import { FRAME_HEADER_BYTES } from '../tap/http2.ts';
import { startCountedServer } from './counted-server.ts';
import type { Experiment, Row } from './experiment.ts';

const exactly = (en: string, ko: string, bytes: number, measured: number): Row => ({
  what: { en, ko },
  published: String(bytes),
  expected: bytes,
  tolerance: 0,
  measured,
});

/** RFC 7692 §7.2.3.2: "Hello" twice with a shared window. */
export const deflate: Experiment = async (server) => {
  const run = server.createRun({ kind: 'idle' });
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws?run=${run}&mode=echo&deflate=1`);
  await once(socket, 'open');
  const sizes: number[] = [];
  const receivedBytes = () => server.truth(run).techniques.websocket.framePayloadBytesReceived;
  for (let round = 0; round < 2; round += 1) {
    const before = receivedBytes();
    socket.send('Hello');
    await once(socket, 'message');
    sizes.push(receivedBytes() - before);
  }
  socket.terminate();
  return [
    exactly('First “Hello”, bytes', '첫 번째 “Hello”, 바이트', 7, sizes[0]!),
    exactly('Second “Hello”, bytes', '두 번째 “Hello”, 바이트', 5, sizes[1]!),
  ];
};

const AUTHORITY = { ':authority': 'www.example.com' };
const REQUESTS = [
  { ':method': 'GET', ':scheme': 'http', ':path': '/', ...AUTHORITY },
  { ':method': 'GET', ':scheme': 'http', ':path': '/', ...AUTHORITY, 'cache-control': 'no-cache' },
  { ':method': 'GET', ':scheme': 'https', ':path': '/index.html', ...AUTHORITY, 'custom-key': 'custom-value' },
];
const HEADER_BLOCK_BYTES = [17, 12, 24];

/** RFC 7541 appendix C.4: three requests with Huffman coding and a shared table. */
export const hpack: Experiment = async () => {
  const server = await startCountedServer('2', (_request, reply) => reply.end());
  const session = connect(`http://127.0.0.1:${server.port}`);
  for (const headers of REQUESTS) {
    const stream = session.request(headers);
    stream.resume();
    await once(stream, 'end');
  }
  session.destroy();
  server.close();
  return server.ledger.exchanges.map(({ requestHeadBytes }, index) =>
    exactly(
      `Header block of request ${index + 1}, bytes`,
      `요청 ${index + 1}의 헤더 블록, 바이트`,
      HEADER_BLOCK_BYTES[index]!,
      requestHeadBytes - FRAME_HEADER_BYTES,
    ),
  );
};
