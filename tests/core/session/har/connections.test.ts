import { describe, expect, it } from 'vitest';
import type { Log } from '../../../../src/core/state.ts';
import type { Message } from '../../../../src/core/store/messages.ts';
import { setAt } from '../set-at.ts';
import { readHar, reportAt } from './read-text.ts';
import { T0, type Traffic } from './traffic.ts';
import { chrome, harOf, mitmproxy } from './vendors.ts';

const handshake: Traffic = {
  path: '/live?room=1',
  atMs: 100,
  tookMs: 5000,
  status: 101,
  statusText: 'Switching Protocols',
  mimeType: 'x-unknown',
  body: '',
  type: 'websocket',
  requestHeaders: [['Upgrade', 'websocket']],
  responseHeaders: [['Sec-WebSocket-Protocol', 'chat.v1']],
};
const stream: Traffic = {
  ...handshake,
  path: '/stream',
  status: 200,
  statusText: 'OK',
  type: 'eventsource',
  mimeType: 'text/event-stream',
  requestHeaders: [],
  responseHeaders: [['Content-Type', 'text/event-stream']],
};
const seconds = (atMs: number): number => (T0 + atMs) / 1000;
const SOCKET_MESSAGES = [
  { type: 'send', time: seconds(200), opcode: 1, data: 'hello' },
  { type: 'receive', time: seconds(300), opcode: 1, data: '안녕' },
  { type: 'receive', time: seconds(400), opcode: 2, data: Buffer.from([0, 1, 255]).toString('base64') },
  { type: 'receive', time: seconds(500), opcode: 9, data: 'a ping, which no page sees' },
];
const messagesOf = ({ history: { messages } }: Log): Message[] =>
  Array.from({ length: messages.next }, (_, seq) => messages.get(seq)!);

describe('a WebSocket in a HAR', () => {
  const socket = { ...chrome.entry(handshake), _webSocketMessages: SOCKET_MESSAGES };
  socket.request.url = 'wss://app.test/live?room=1';
  const log = readHar(harOf(chrome, [socket]));

  it('is a channel with its messages, which have their times and sizes', () => {
    expect(reportAt(log, '/live')).toMatchObject({
      transport: 'websocket',
      connections: 1,
      requests: 1,
      subprotocol: 'chat.v1',
      messages: { sent: 1, received: 2 },
      bytes: { payloadSent: { value: 5 }, payloadReceived: { value: 6 + 3 }, framing: { value: 6 + 2 + 2 } },
    });
    expect(messagesOf(log).map(({ at, direction, type, content }) => [at - T0, direction, type, content])).toEqual([
      [200, 'sent', 'text', 'hello'],
      [300, 'received', 'text', '안녕'],
      [400, 'received', 'binary', new Uint8Array([0, 1, 255])],
    ]);
  });

  it('has the bytes of its handshake, of whose URL Chromium counts what is not sent', () => {
    const { requestHeader } = reportAt(log, '/live').bytes;
    expect(requestHeader.value).toBe(socket.request.headersSize - 'wss://app.test'.length);
  });

  it('is told from times in milliseconds and a URL of http, too', () => {
    const entry = { ...mitmproxy.entry(handshake), _resourceType: 'websocket' };
    const inMs = SOCKET_MESSAGES.map((message) => ({ ...message, time: message.time * 1000 }));
    const read = readHar(harOf(mitmproxy, [{ ...entry, _webSocketMessages: inMs }]));
    expect(reportAt(read, 'wss://app.test/live').messages).toEqual({ sent: 1, received: 2 });
    expect(messagesOf(read)[0]!.at - T0).toBe(200);
  });

  it('is a reconnect when it comes after another, none when they stand side by side', () => {
    const at = (atMs: number) => ({ ...socket, startedDateTime: new Date(T0 + atMs).toISOString() });
    expect(reportAt(readHar(harOf(chrome, [at(0), at(6000)])), '/live')).toMatchObject({
      connections: 2,
      reconnects: 1,
    });
    expect(reportAt(readHar(harOf(chrome, [at(0), at(1000)])), '/live')).toMatchObject({
      connections: 2,
      reconnects: 0,
    });
  });

  it('keeps the size of a message whose content was cut short', () => {
    const cut = { type: 'receive', time: seconds(200), opcode: 1, data: 'the head of it', _length: 90_000 };
    expect(
      reportAt(readHar(harOf(chrome, [{ ...socket, _webSocketMessages: [cut] }])), '/live').bytes.payloadReceived.value,
    ).toBe(90_000);
  });
});

describe('an EventSource in a HAR', () => {
  const EVENTS = [
    { time: seconds(200), eventName: 'news', eventId: '7', data: 'one' },
    { time: seconds(900), eventName: 'message', eventId: '', data: 'two\nlines' },
  ];

  it('is a channel with its messages', () => {
    const log = readHar(harOf(chrome, [{ ...chrome.entry(stream), _eventSourceMessages: EVENTS }]));
    expect(reportAt(log, '/stream')).toMatchObject({ transport: 'sse', connections: 1, messages: { received: 2 } });
    expect(messagesOf(log).map(({ at, type, content, lastEventId }) => [at - T0, type, content, lastEventId])).toEqual([
      [200, 'news', 'one', '7'],
      [900, 'message', 'two\nlines', '7'],
    ]);
  });

  it('has its messages from the body where that is all there is', () => {
    const text = 'event: news\nid: 7\ndata: one\n\ndata: two\ndata: lines\n\n';
    const entry = chrome.entry({ ...stream, body: text });
    expect(messagesOf(readHar(harOf(chrome, [entry]))).map(({ content }) => content)).toEqual(['one', 'two\nlines']);
  });

  it('is one with a fetch that reads an event stream, with the time of each message', () => {
    const entry = { ...chrome.entry({ ...stream, type: 'fetch' }), _eventSourceMessages: EVENTS };
    const log = readHar(harOf(chrome, [entry]));
    expect(reportAt(log, '/stream')).toMatchObject({ transport: 'sse', exchanges: 1, messages: { received: 2 } });
    expect(messagesOf(log).map(({ at, content }) => [at - T0, content])).toEqual([
      [200, 'one'],
      [900, 'two\nlines'],
    ]);
  });

  it('reads the body of such a fetch where nobody wrote messages down', () => {
    const entry = chrome.entry({ ...stream, type: 'fetch', body: 'data: one\n\ndata: two\n\n' });
    expect(reportAt(readHar(harOf(chrome, [entry])), '/stream')).toMatchObject({
      transport: 'sse',
      messages: { received: 2 },
    });
  });
});

describe('an entry that is wrong', () => {
  const socket = { ...chrome.entry(handshake), _webSocketMessages: SOCKET_MESSAGES };

  it.each([
    ['request.url', undefined, 'log.entries[1].request.url: missing.'],
    ['request.url', 7, 'log.entries[1].request.url: expected text, found a number.'],
    ['request', 'x', 'log.entries[1].request: expected an object, found text.'],
    ['response.status', 'fine', 'log.entries[1].response.status: expected a number, found text.'],
    ['request.headers', {}, 'log.entries[1].request.headers: expected a list, found an object.'],
    ['response.headers', [{}], 'log.entries[1].response.headers[0].name: expected text, found nothing.'],
    ['startedDateTime', 'yesterday', 'log.entries[1].startedDateTime: "yesterday" is no time since 1970.'],
    ['startedDateTime', undefined, 'log.entries[1].startedDateTime: missing.'],
    ['_webSocketMessages', true, 'log.entries[1]._webSocketMessages: expected a list, found a boolean.'],
    ['_webSocketMessages', [null], 'log.entries[1]._webSocketMessages[0]: expected an object, found null.'],
    ['_webSocketMessages.2.data', '%', 'log.entries[1]._webSocketMessages[2].data: this is no base64.'],
    ['_webSocketMessages.0.time', -1, 'log.entries[1]._webSocketMessages[0].time: -1 is no time since 1970.'],
  ])('is named: %s is %j', (place, value, sentence) => {
    expect(() => readHar(harOf(chrome, [chrome.entry(stream), setAt(socket, place, value)]))).toThrow(sentence);
  });

  it('is named with its byte when it is no JSON', () => {
    expect(() => readHar('{"log":{"entries":[{"a":1},{"a" 1}]}}')).toThrow(
      /^log\.entries\[0\]\.startedDateTime: missing/,
    );
    expect(() => readHar('{"log":{"entries":[{"a" 1}]}}')).toThrow(/^log\.entries\[0\] at byte 19: this is no JSON: /);
  });
});
