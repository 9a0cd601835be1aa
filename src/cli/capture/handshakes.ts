import type { CDPSession, Page } from 'puppeteer-core';
import { type HandshakeResponse, handshakeEntry } from '../../core/cdp/handshake.ts';
import type { NetworkEntry } from '../../core/model.ts';

/** Handshakes of WebSockets that are open: what DevTools tells extensions only once a socket closes. */
export interface Handshakes {
  /** Their heads as they crossed the wire; they ended, as far as is known, `at` (epoch ms). */
  open(at: number): NetworkEntry[];
}

interface Socket {
  url: string;
  startedAt: number;
  respondedAt: number;
  response: HandshakeResponse | null;
}

/** Listens to the page and to frames that live in processes of their own. */
export async function watchHandshakes(page: Page): Promise<Handshakes> {
  const sockets = new Map<string, Socket>();
  await watch(await page.createCDPSession(), sockets);
  return {
    open: (at) =>
      [...sockets.values()].flatMap(({ url, response, ...times }) =>
        response === null ? [] : [handshakeEntry(url, { ...times, endedAt: at }, response)],
      ),
  };
}

async function watch(session: CDPSession, sockets: Map<string, Socket>): Promise<void> {
  // Ids are unique within a session alone.
  const key = (requestId: string) => `${session.id()} ${requestId}`;
  session.on('Network.webSocketCreated', ({ requestId, url }) => {
    sockets.set(key(requestId), { url, startedAt: Number.NaN, respondedAt: Number.NaN, response: null });
  });
  session.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, wallTime, timestamp }) => {
    const socket = sockets.get(key(requestId));
    if (socket === undefined) return;
    socket.startedAt = wallTime * 1000;
    // Turned into wall time when the response comes.
    socket.respondedAt = timestamp;
  });
  session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response, timestamp }) => {
    const socket = sockets.get(key(requestId));
    if (socket === undefined) return;
    socket.response = response;
    socket.respondedAt = socket.startedAt + (timestamp - socket.respondedAt) * 1000;
  });
  session.on('Network.webSocketClosed', ({ requestId }) => sockets.delete(key(requestId)));
  session.on('sessionattached', (child) => void watch(child, sockets).catch(() => {}));
  await session.send('Network.enable');
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
}
