import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openWithLibrary } from '../support/library-page.ts';
import { useSideBySide } from '../support/side-by-side.ts';

const { compareRuns } = useSideBySide();
let http: HttpServer;
let io: Server;
let base: string;

beforeAll(async () => {
  http = createServer();
  io = new Server(http, { cors: { origin: '*' } });
  io.on('connection', (socket) => {
    socket.on('ask', (value, answer) => answer({ heard: value }));
    socket.on('binary', (data: Buffer) => socket.emit('back', Buffer.from(data).reverse()));
  });
  const hubs = new WebSocketServer({ noServer: true });
  http.on('upgrade', (req, socket, head) => {
    if (req.url!.startsWith('/hub'))
      hubs.handleUpgrade(req, socket, head, (hub) => hub.on('message', (data) => speakSignalR(hub, String(data))));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => io.close());

/** The JSON hub protocol: records that end in U+001E; the first is the handshake, type 1 an invocation, type 3 its completion. */
function speakSignalR(hub: { send(text: string): void }, text: string): void {
  for (const record of text.split('\x1e').filter(Boolean)) {
    const { protocol, type, target, arguments: given, invocationId } = JSON.parse(record);
    const answers = protocol
      ? [{}]
      : type === 1
        ? [
            { type: 1, target: 'heard', arguments: given },
            { type: 3, invocationId, result: `${target} done` },
          ]
        : [];
    for (const answer of answers) hub.send(`${JSON.stringify(answer)}\x1e`);
  }
}

test.each([['polling'], ['websocket'], ['polling', 'websocket']])('socket.io over %s %s', async (...transports) => {
  const wanted = transports.filter((transport) => typeof transport === 'string');
  const { result, events } = await compareRuns(async (side) => {
    const page = await openWithLibrary(side, `import { io } from 'socket.io-client'; window.io = io;`);
    return page.evaluate(
      async (base, transports) => {
        const { io } = window as never as { io: typeof import('socket.io-client').io };
        const socket = io(base, { transports });
        const seen: unknown[] = [];
        await new Promise<void>((resolve) => socket.on('connect', resolve));
        if (transports.length === 2 && socket.io.engine.transport.name === 'polling')
          await new Promise((resolve) => socket.io.engine.on('upgrade', resolve));
        seen.push(socket.io.engine.transport.name);
        seen.push(await socket.emitWithAck('ask', '안녕'));
        const back = new Promise<ArrayBuffer>((resolve) => socket.on('back', resolve));
        socket.emit('binary', new Uint8Array([1, 2, 3]));
        seen.push([...new Uint8Array(await back)]);
        const gone = new Promise((resolve) => socket.on('disconnect', resolve));
        socket.disconnect();
        seen.push(await gone);
        return seen;
      },
      base,
      wanted,
    );
  });
  expect(result).toEqual([wanted.at(-1), { heard: '안녕' }, [3, 2, 1], 'io client disconnect']);
  const kinds = new Set(events.map(({ kind }) => kind));
  if (wanted.includes('websocket')) expect(kinds).toContain('connect');
  if (wanted.includes('polling')) expect(kinds).toContain('request');
});

test('SignalR speaks its hub protocol', async () => {
  const { result, events } = await compareRuns(async (side) => {
    const page = await openWithLibrary(
      side,
      `import * as signalR from '@microsoft/signalr'; window.signalR = signalR;`,
    );
    return page.evaluate(async (base) => {
      const { signalR } = window as never as { signalR: typeof import('@microsoft/signalr') };
      const { HttpTransportType, LogLevel } = signalR;
      const connection = new signalR.HubConnectionBuilder()
        .withUrl(`${base}/hub`, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
        .configureLogging(LogLevel.None)
        .build();
      const heard: unknown[] = [];
      connection.on('heard', (...given) => heard.push(given));
      await connection.start();
      const answer = await connection.invoke('Say', 'hello', 2);
      await connection.stop();
      return { heard, answer, state: connection.state };
    }, base);
  });
  expect(result).toEqual({ heard: [['hello', 2]], answer: 'Say done', state: 'Disconnected' });
  expect(
    events
      .filter((event) => event.kind === 'message')
      .map(({ direction }) => direction)
      .slice(0, 3),
  ).toEqual(['sent', 'received', 'sent']);
});

test.each(['xhr', 'fetch'] as const)('hls.js loads a playlist and its segments by %s', async (loader) => {
  const { result, events } = await compareRuns(async (side) => {
    const { server } = side;
    server.serve(
      '/main.m3u8',
      'application/vnd.apple.mpegurl',
      '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS="avc1.42e00a,mp4a.40.2"\n/level.m3u8\n',
    );
    server.serve(
      '/level.m3u8',
      'application/vnd.apple.mpegurl',
      '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n/one.ts\n#EXTINF:4,\n/two.ts\n#EXT-X-ENDLIST\n',
    );
    for (const name of ['/one.ts', '/two.ts']) server.serve(name, 'video/mp2t', Buffer.alloc(188 * 100, 0x47));
    const page = await openWithLibrary(side, `import Hls from 'hls.js'; window.Hls = Hls;`);
    return page.evaluate(async (loader) => {
      const { Hls } = window as never as { Hls: typeof import('hls.js').default };
      const hls = new Hls({
        startFragPrefetch: true,
        enableWorker: false,
        progressive: loader === 'fetch',
        ...(loader === 'fetch' ? { loader: (Hls.DefaultConfig as never as Record<string, never>).loader } : {}),
      });
      const seen: unknown[] = [];
      const first = new Promise<void>((resolve) => {
        hls.on(Hls.Events.MANIFEST_PARSED, (_, { levels }) => seen.push(['levels', levels.length]));
        hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => seen.push(['fragments', details.fragments.length]));
        hls.on(Hls.Events.FRAG_LOADED, (_, { frag, payload }) => {
          seen.push(['loaded', frag.sn, frag.stats.loaded, payload.byteLength]);
          resolve();
        });
      });
      hls.loadSource('/main.m3u8');
      await first;
      hls.destroy();
      return { supported: Hls.isSupported(), seen };
    }, loader);
  });
  expect(result.supported).toBe(true);
  expect(result.seen.slice(0, 2)).toEqual([
    ['levels', 1],
    ['fragments', 2],
  ]);
  expect(JSON.stringify(result.seen)).toContain('18800');
  expect(events.filter((event) => event.kind === 'request').map(({ url }) => url?.split('/').at(-1))).toContain(
    'one.ts',
  );
});
