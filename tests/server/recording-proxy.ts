import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The bytes of one TCP connection, as a machine in the middle sees them. */
export interface Recording {
  sent: Buffer;
  received: Buffer;
  closed: boolean;
}

/** A plain TCP relay in front of `targetPort` which keeps every byte. It knows no protocol. */
export async function startRecordingProxy(targetPort: number) {
  const recordings: Recording[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const recording: Recording = { sent: Buffer.alloc(0), received: Buffer.alloc(0), closed: false };
    recordings.push(recording);
    const upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    client.on('data', (chunk: Buffer) => {
      recording.sent = Buffer.concat([recording.sent, chunk]);
    });
    upstream.on('data', (chunk: Buffer) => {
      recording.received = Buffer.concat([recording.received, chunk]);
    });
    client.pipe(upstream).pipe(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        recording.closed = true;
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    recordings,
    /** All bytes each way, over every connection. */
    totals: () => ({
      sent: recordings.reduce((sum, { sent }) => sum + sent.length, 0),
      received: recordings.reduce((sum, { received }) => sum + received.length, 0),
    }),
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
