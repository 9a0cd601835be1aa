import { describe, expect, it } from 'vitest';
import { apply } from '../../src/core/log.ts';
import type { NetworkEntry } from '../../src/core/model.ts';
import { reportChannel } from '../../src/core/session/report.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import type { PageEvent } from '../../src/protocol.ts';
import { batch, entryOf, ORIGIN, T0 } from '../support/timeline.ts';

const begin = (id: number, at: number, path: string, more: { method?: string; text?: string } = {}): PageEvent => ({
  kind: 'request',
  id,
  at,
  api: 'fetch',
  method: more.method ?? 'GET',
  url: ORIGIN + path,
  bodyBytes: more.text?.length ?? 0,
  bodyText: more.text ?? null,
  stack: null,
});
const head = (id: number, at: number, contentType = 'application/json', status = 200): PageEvent => ({
  kind: 'response',
  id,
  at,
  status,
  url: ORIGIN,
  contentType,
});
const piece = (id: number, at: number, text: string): PageEvent => ({
  kind: 'chunk',
  id,
  at,
  bytes: new TextEncoder().encode(text).length,
  text,
});
const over = (id: number, at: number): PageEvent => ({ kind: 'end', id, at, outcome: 'done', bodyBytes: null });

function told(...events: PageEvent[]): Log {
  const log = createLog(T0);
  apply(log, { kind: 'document', document: { key: 'document-1', frameId: 0, url: `${ORIGIN}/` }, at: T0 });
  for (const event of events) apply(log, batch(event));
  return log;
}
const reported = (log: Log, path: string, at: number, more: Partial<NetworkEntry> = {}) =>
  apply(log, {
    kind: 'entry',
    entry: entryOf({ url: ORIGIN + path, startedAt: T0 + at, endedAt: T0 + at + 10, ...more }),
    at: T0 + at + 20,
  });
const channels = (log: Log) => log.channels.map((channel) => reportChannel(log, channel));

describe('an event stream read through fetch', () => {
  const events = [
    begin(1, 0, '/events'),
    head(1, 5, 'text/event-stream'),
    piece(1, 10, ': hi\n\ndata: {"a"'),
    piece(1, 900, ':1}\n\nevent: tick\nid: 7\ndata: zwei €\n\n'),
  ];
  it('is SSE at its head, and its events are messages', () => {
    const log = told(...events);
    expect(channels(log)).toMatchObject([{ transport: 'sse', messages: { received: 2 }, inFlight: 1 }]);
    expect(log.history.messages.get(1)).toMatchObject({
      type: 'tick',
      content: 'zwei €',
      lastEventId: '7',
      at: T0 + 900,
    });
  });
  it('has its data as payload and every other byte as framing', () => {
    const [{ bytes }] = channels(told(...events)) as [ReturnType<typeof reportChannel>];
    const all = new TextEncoder().encode(': hi\n\ndata: {"a":1}\n\nevent: tick\nid: 7\ndata: zwei €\n\n').length;
    expect(bytes.payloadReceived.value).toBe('{"a":1}'.length + 'zwei €'.length + 2);
    expect(bytes.payloadReceived.value! + bytes.framing.value!).toBe(all);
  });
  it('is resumed when it is opened again, but not when a model is asked the next question', () => {
    const twice = (method: string, first: string, second: string) =>
      channels(
        told(
          begin(1, 0, '/events', { method, text: first }),
          head(1, 5, 'text/event-stream'),
          over(1, 2000),
          begin(2, 3000, '/events', { method, text: second }),
          head(2, 3005, 'text/event-stream'),
        ),
      )[0]!.reconnects;
    expect(twice('GET', '', '')).toBe(1);
    expect(twice('POST', '{"q":1}', '{"q":1}')).toBe(1);
    expect(twice('POST', '{"q":1}', '{"q":2}')).toBe(0);
  });
  it('is read from the network log where the page read it out of sight', () => {
    const log = told(begin(1, 0, '/events'), head(1, 5, 'text/event-stream'), over(1, 2000));
    reported(log, '/events', 0, { body: 'data: a\n\ndata: b\n\n', contentBytes: 18, responseBodyWireBytes: 30 });
    expect(channels(log)[0]).toMatchObject({
      messages: { received: 2 },
      bytes: { payloadReceived: { value: 2 }, framing: { value: 28 } },
    });
  });
});

describe('a response of no telling type', () => {
  const pieces = (n: number, everyMs: number) =>
    Array.from({ length: n }, (_, i) => piece(1, 10 + i * everyMs, `tick ${i}\n`));
  it('is a stream once it has paused three times, from its first piece on', () => {
    const log = told(begin(1, 0, '/comet'), head(1, 5, 'text/plain'), ...pieces(5, 400));
    expect(channels(log)[0]).toMatchObject({ transport: 'http-stream', messages: { received: 5 } });
    expect(log.history.messages.timeOf(0)).toBe(T0 + 10);
  });
  it('is none while its pieces come as fast as they can', () => {
    const log = told(begin(1, 0, '/file'), head(1, 5, 'text/plain'), ...pieces(7, 50));
    expect(channels(log)[0]).toMatchObject({ transport: null, messages: { received: 0 } });
  });
});

describe('answers', () => {
  it('are compared in the order in which they came, however late the first is reported', () => {
    const log = told(
      ...[0, 1, 2].flatMap((i) => [begin(i, i * 1000, '/news'), head(i, i * 1000 + 5), over(i, i * 1000 + 10)]),
    );
    for (const [at, body] of [
      [1000, 'b'],
      [2000, 'b'],
      [0, 'a'],
    ] as const)
      reported(log, '/news', at, { body: `["${body}"]` });
    expect(log.history.exchanges.all.map(({ worth }) => worth)).toEqual(['baseline', 'useful', 'identical']);
  });
  it('that nobody reads are counted all the same, when nothing more is to come', () => {
    const log = told(begin(1, 0, '/send', { method: 'POST', text: 'x' }), head(1, 5));
    apply(log, {
      kind: 'open-stream',
      entry: entryOf({ method: 'POST', url: `${ORIGIN}/send`, responseHeaders: [['Content-Length', '11']] }),
      at: T0 + 100,
    });
    apply(log, { kind: 'finish', at: T0 + 3000 });
    expect(channels(log)[0]).toMatchObject({
      inFlight: 0,
      messages: { sent: 1, received: 1 },
      bytes: { requestHeader: { value: 500, provenance: 'measured' }, payloadReceived: { value: 11 } },
    });
  });
  it('with a Location beside 201 lead nowhere', () => {
    const log = told(begin(1, 0, '/files', { method: 'POST' }), head(1, 5, '', 201), over(1, 10));
    reported(log, '/files', 0, { method: 'POST', status: 201, redirectUrl: `${ORIGIN}/files/1` });
    expect(channels(log)[0]).toMatchObject({ requests: 1, reported: { exchanges: 1, of: 1 } });
  });
});

it('what a polling transport sends up is linked to what brings its news', () => {
  const url = '/engine.io/?EIO=4&transport=polling&sid=abc';
  const log = told(begin(1, 0, url), begin(2, 100, url, { method: 'POST', text: '3' }), head(2, 110), over(2, 111));
  const [down, up] = channels(log);
  expect(down).toMatchObject({ protocol: 'engine.io', method: 'GET', uplinkOf: null });
  expect(up).toMatchObject({
    method: 'POST',
    transport: 'request',
    uplinkOf: down!.id,
    messages: { sent: 1 },
    heartbeats: { sent: 1 },
  });
});

it('channels kept apart by a number that turns out to be a cursor become one', () => {
  const log = told(
    ...[3, 8, 15, 21, 22].flatMap((upto, i) => [
      begin(i, i * 1000, `/news?upto=${upto}`),
      head(i, i * 1000 + 5),
      over(i, i * 1000 + 10),
    ]),
  );
  for (const [i, upto] of [3, 8, 15, 21, 22].entries())
    reported(log, `/news?upto=${upto}`, i * 1000, { body: `[${upto}]` });
  expect(channels(log)).toMatchObject([{ exchanges: 5, transport: 'polling', reported: { exchanges: 5, of: 5 } }]);
  expect(log.history.exchanges.of(log.channels[0]!.id)).toHaveLength(5);
});
