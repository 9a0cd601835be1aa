import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { startCountedServer } from './counted-server.ts';
import type { Experiment, Row } from './experiment.ts';

/** The request and response of Lubbers & Greco, "HTML5 WebSocket: A Quantum Leap in Scalability" (2010). */
const REQUEST = `GET /PollingStock//PollingStock HTTP/1.1
Host: localhost:8080
User-Agent: Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.1.5) Gecko/20091102 Firefox/3.5.5
Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
Accept-Language: en-us
Accept-Encoding: gzip,deflate
Accept-Charset: ISO-8859-1,utf-8;q=0.7,*;q=0.7
Keep-Alive: 300
Connection: keep-alive
Referer: http://www.example.com/PollingStock/
Cookie: showInheritedConstant=false; showInheritedProtectedConstant=false; showInheritedProperty=false; showInheritedProtectedProperty=false; showInheritedMethod=false; showInheritedProtectedMethod=false; showInheritedEvent=false; showInheritedStyle=false; showInheritedEffect=false`;
const RESPONSE_HEADERS = {
  'X-Powered-By': 'Servlet/2.5',
  Server: 'Sun Java System Application Server 9.1_02',
  'Content-Type': 'text/html;charset=UTF-8',
  'Content-Length': '21',
  Date: 'Sat, 07 Nov 2009 00:32:46 GMT',
};
/** Each line's CRLF, the status line's and both blank lines' included: what the article did not count. */
const LINE_END_BYTES = 2 * (REQUEST.split('\n').length + 1 + (Object.keys(RESPONSE_HEADERS).length + 1) + 1);

const POPULATIONS = [
  { clients: 1000, polling: 6.6, webSocket: 0.015 },
  { clients: 10_000, polling: 66, webSocket: 0.153 },
  { clients: 100_000, polling: 665, webSocket: 1.526 },
];
/** Bytes once a second to the article's "Mbps", which are Mibit/s. */
const mibitPerSecond = (bytes: number, clients: number): number => (bytes * 8 * clients) / 2 ** 20;

function answer(_request: unknown, reply: ServerResponse): void {
  for (const [name, value] of Object.entries(RESPONSE_HEADERS)) reply.setHeader(name, value);
  reply.removeHeader('Connection');
  reply.end('x'.repeat(21));
}

/** Sends the article's request over a socket and returns the bytes of both heads. */
async function measurePoll(): Promise<number> {
  const server = await startCountedServer('1.1', answer);
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`${REQUEST.replaceAll('\n', '\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  socket.destroy();
  server.close();
  const { requestHeadBytes, responseHeadBytes } = server.ledger.techniques.request;
  return requestHeadBytes + responseHeadBytes;
}

export const kaazing: Experiment = async (server) => {
  const headBytes = await measurePoll();
  const run = server.createRun({ kind: 'idle', payload: 21 });
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws?run=${run}`);
  await once(socket, 'open');
  server.publish('a price');
  await once(socket, 'message');
  const { frameHeaderBytesReceived } = server.truth(run).techniques.websocket;
  socket.terminate();

  const rates = POPULATIONS.flatMap(({ clients, polling, webSocket }): Row[] => {
    const count = clients.toLocaleString('en');
    return [
      {
        what: { en: `Polling, ${count} clients, Mibit/s`, ko: `폴링, 클라이언트 ${count}개, Mibit/s` },
        published: String(polling),
        expected: mibitPerSecond(871, clients),
        tolerance: 0,
        measured: mibitPerSecond(headBytes - LINE_END_BYTES, clients),
      },
      {
        what: { en: `WebSocket, ${count} clients, Mibit/s`, ko: `WebSocket, 클라이언트 ${count}개, Mibit/s` },
        published: String(webSocket),
        expected: mibitPerSecond(2, clients),
        tolerance: 0,
        measured: mibitPerSecond(frameHeaderBytesReceived, clients),
      },
    ];
  });
  return [
    {
      what: { en: 'Headers of one poll on the wire, bytes', ko: '폴링 한 번의 실제 헤더 크기, 바이트' },
      published: '871',
      expected: 909,
      tolerance: 0,
      measured: headBytes,
    },
    ...rates,
  ];
};
