import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import type { Header, NetworkEntry } from '../../core/model.ts';

type Head = { [name: string]: string };

/** Handshakes of WebSockets that are open: what DevTools tells extensions only once a socket closes. */
export interface Handshakes {
  /** Their heads as they crossed the wire; they ended, as far as is known, `at` (epoch ms). */
  open(at: number): NetworkEntry[];
}

interface Socket {
  url: string;
  startedAt: number;
  respondedAt: number;
  response: Protocol.Network.WebSocketResponse | null;
}

/** Listens to the page and to frames that live in processes of their own. */
export async function watchHandshakes(page: Page): Promise<Handshakes> {
  const sockets = new Map<string, Socket>();
  await watch(await page.createCDPSession(), sockets);
  return {
    open: (at) =>
      [...sockets.values()].flatMap((socket) =>
        socket.response === null ? [] : [entryOf(socket, socket.response, at)],
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

/** Chromium's text of the request head has the URL in full, of which the wire carries path and query (measured against raw sockets). */
const originLength = (url: string): number => /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;

function entryOf(
  { url, startedAt, respondedAt }: Socket,
  response: Protocol.Network.WebSocketResponse,
  at: number,
): NetworkEntry {
  const { status, headers, headersText, requestHeaders = {}, requestHeadersText } = response;
  // Over HTTP/2 (RFC 8441) there is no text, as heads are compressed.
  const isText = requestHeadersText !== undefined && requestHeadersText !== '';
  return {
    method: 'GET',
    url: url.split('#', 1)[0]!,
    resourceType: 'websocket',
    httpVersion: isText ? 'http/1.1' : '',
    startedAt,
    endedAt: at,
    blockedMs: 0,
    waitMs: respondedAt - startedAt,
    receiveMs: 0,
    status,
    contentType: null,
    contentEncoding: null,
    requestHeaderBytes: isText ? Buffer.byteLength(requestHeadersText) - originLength(url) : null,
    responseHeaderBytes: isText && headersText ? Buffer.byteLength(headersText) : null,
    headerPlusMinus: 0,
    requestHeaders: listOf(requestHeaders as Head),
    responseHeaders: listOf(headers as Head),
    responseBodyWireBytes: null,
    contentBytes: null,
    requestBodyBytes: null,
    fromCache: false,
    redirectUrl: null,
    requestBody: null,
    body: null,
  };
}

/** Headers of one name are joined by line ends. */
const listOf = (headers: Head): Header[] =>
  Object.entries(headers).flatMap(([name, value]) => value.split('\n').map((one): Header => [name, one]));
