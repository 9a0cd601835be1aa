import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A page with so many WebSockets, and a server that talks to them as fast as is wanted. */
export interface Flood {
  url: string;
  /** Sends so many a second for so long. */
  run(perSecond: number, seconds: number): Promise<void>;
  close(): Promise<void>;
}

const TICK_MS = 10;

/** The page opens its sockets when `openSockets()` is called, each at an address of its own. */
export async function startFlood(sockets: number): Promise<Flood> {
  const letters = Array.from(
    { length: sockets },
    (_, i) => `live-${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${'xyz'[Math.floor(i / 26)]}`,
  );
  const page = `<!doctype html><title>flood</title><script>
    function openSockets() {
      return Promise.all(${JSON.stringify(letters)}.map((name) => new Promise((opened) => {
        const socket = new WebSocket('ws://' + location.host + '/' + name);
        socket.onopen = opened;
        (window.sockets ??= []).push(socket);
      })));
    }
  </script>`;
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(page));
  const ends = new WebSocketServer({ server });
  const open: WebSocket[] = [];
  ends.on('connection', (socket) => open.push(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  let seq = 0;

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async run(perSecond, seconds) {
      const begun = performance.now();
      let sent = 0;
      while (sent < perSecond * seconds) {
        const due = Math.min(((performance.now() - begun) / 1000) * perSecond, perSecond * seconds);
        for (; sent < due; sent++) {
          const message = { type: 'live', seq: seq++, symbol: `S${seq % 997}`, price: (seq * 7919) % 100_000 };
          open[sent % open.length]!.send(JSON.stringify(message));
        }
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
    },
    async close() {
      for (const socket of open) socket.terminate();
      ends.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}
