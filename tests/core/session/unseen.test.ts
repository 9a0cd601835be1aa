import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/core/log.ts';
import { unseenTraffic } from '../../../src/core/session/har/unseen.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import { batch, entryOf, ORIGIN, T0 } from '../../support/timeline.ts';

const har = (type: string, path: string, at: number, more: Record<string, unknown> = {}, receive = 1) => ({
  _resourceType: type,
  startedDateTime: new Date(T0 + at).toISOString(),
  time: 10 + receive,
  request: { method: 'GET', url: ORIGIN + path, httpVersion: 'http/1.1', headers: [], headersSize: 498, bodySize: 0 },
  response: {
    status: type === 'websocket' ? 101 : 200,
    headers: [],
    headersSize: 150,
    bodySize: 100,
    content: { size: 100, mimeType: type === 'document' ? 'text/html' : 'text/event-stream' },
  },
  timings: { wait: 10, receive },
  ...more,
});
const told = (log: Log, ...entries: object[]) => {
  for (const input of unseenTraffic(log, entries, T0, T0 + 20_000)) apply(log, input);
  return log.channels.map((channel) => reportChannel(log, channel));
};
const message = (at: number, type: string, data: string) => ({ type, time: (T0 + at) / 1000, opcode: 1, data });

describe('what no hook told of', () => {
  it('is a socket with the messages that the network log keeps, open while no end of it was reported', () => {
    const _webSocketMessages = [
      message(100, 'send', 'hi'),
      message(200, 'receive', 'hello'),
      message(30_000, 'receive', 'late'),
    ];
    const socket = har('websocket', '/ws', 0, { _webSocketMessages });
    socket.request.url = 'wss://app.test/ws';
    expect(told(createLog(T0), socket)).toMatchObject([
      {
        transport: 'websocket',
        source: 'network',
        requests: 1,
        openConnections: 1,
        messages: { sent: 1, received: 1 },
      },
    ]);
  });
  it('is an event stream with its reconnects, which are told from streams side by side by their reported ends', () => {
    const log = createLog(T0);
    const stray = { url: `${ORIGIN}/events`, resourceType: 'eventsource', startedAt: T0, endedAt: T0 + 11 };
    apply(log, { kind: 'entry', entry: entryOf(stray), at: T0 + 20 });
    expect(told(log, har('eventsource', '/events', 0), har('eventsource', '/events', 3000))).toMatchObject([
      { transport: 'sse', requests: 2, openConnections: 1, reconnects: 1 },
    ]);
  });
  it('is a frame that is still growing, and not a page that was loaded', () => {
    expect(told(createLog(T0), har('document', '/forever', 0, {}, 8000), har('document', '/', 0))).toMatchObject([
      { transport: 'http-stream', requests: 1, inFlight: 1, bytes: { payloadReceived: { value: 100 } } },
    ]);
  });
  it('is nothing that a hook told of', () => {
    const log = createLog(T0);
    const url = `${ORIGIN}/events`;
    apply(log, batch({ kind: 'connect', id: 1, at: 0, api: 'event-source', url, stack: null }));
    expect(told(log, har('eventsource', '/events', 1))).toMatchObject([{ requests: 1 }]);
  });
});
