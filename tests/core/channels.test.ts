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

describe('a stream that is still open when the recording ends', () => {
  const open = (log: Log, more: Partial<NetworkEntry>) =>
    apply(log, { kind: 'open-stream', entry: entryOf({ url: `${ORIGIN}/hub`, ...more }), at: T0 + 9000 });
  it('has its own head, not that of what is posted to its URL', () => {
    const log = told(
      { kind: 'connect', id: 1, at: 0, api: 'event-source', url: `${ORIGIN}/hub`, stack: null },
      { kind: 'open', id: 1, at: 5, protocol: '', extensions: '' },
    );
    open(log, { method: 'POST', startedAt: T0 + 100, requestHeaderBytes: 900 });
    expect(channels(log)[0]).toMatchObject({ reported: { exchanges: 0 } });
    open(log, { resourceType: 'eventsource', requestHeaderBytes: 600 });
    expect(channels(log)[0]).toMatchObject({ reported: { exchanges: 1 }, bytes: { requestHeader: { value: 600 } } });
  });
  it('has it where fetch reads it, too', () => {
    const log = told(begin(1, 100, '/hub'), head(1, 120, 'text/event-stream'));
    open(log, { method: 'PUT', requestHeaderBytes: 900 });
    open(log, { startedAt: T0 + 100, requestHeaderBytes: 600 });
    expect(channels(log)[0]).toMatchObject({ bytes: { requestHeader: { value: 600, provenance: 'measured' } } });
  });
});

describe('a protocol that the URL of its handshake alone names', () => {
  const negotiation = [begin(1, 0, '/hub/negotiate?negotiateVersion=1', { method: 'POST' }), head(1, 5), over(1, 6)];
  const line = [
    begin(2, 10, '/hub?id=abc'),
    begin(3, 20, '/hub?id=abc', { method: 'POST', text: '{"protocol":"json","version":1}\x1e' }),
  ];
  it('is that of the requests after it', () => {
    const [, down, up] = channels(told(...negotiation, ...line, head(2, 40, 'text/plain')));
    expect(down).toMatchObject({ protocol: 'signalr', uplinkOf: null, transport: 'long-polling' });
    expect(up).toMatchObject({ protocol: 'signalr', uplinkOf: down!.id, transport: 'request' });
  });
  it('and its downlink is a stream where the answer is one', () => {
    const [, down] = channels(told(...negotiation, ...line, head(2, 40, 'text/event-stream')));
    expect(down).toMatchObject({ protocol: 'signalr', transport: 'sse' });
  });
  it('is not that of requests to another place, nor without the handshake', () => {
    const other = begin(4, 30, '/hubs?id=abc', { method: 'POST', text: '{}' });
    expect(channels(told(...negotiation, other))[1]).toMatchObject({ protocol: null, uplinkOf: null });
    expect(channels(told(...line))[1]).toMatchObject({ uplinkOf: null });
  });
});

describe('a frame that goes on growing', () => {
  const frame = (receiveMs: number) => {
    const log = told();
    const body = '<!doctype html><body>   <script>p(1)</script>\n<script>p(2)</script></body>';
    const entry = { resourceType: 'document', contentType: 'text/html', receiveMs, body, contentBytes: body.length };
    reported(log, '/forever', 0, { ...entry, method: 'POST', endedAt: T0 + receiveMs });
    apply(log, { kind: 'finish', at: T0 + 20_000 });
    return channels(log);
  };
  it('is a stream, and one that was loaded a navigation', () => {
    expect(frame(8000)).toMatchObject([{ transport: 'http-stream', messages: { received: 2 } }]);
    expect(frame(1900)).toMatchObject([{ transport: 'navigation' }]);
  });
});

it('what came in pieces with pauses before is a stream again from its first piece on', () => {
  const log = told(begin(1, 0, '/watch'), head(1, 5), ...[10, 500, 1000, 1500].map((at) => piece(1, at, '{}\n')));
  for (const event of [over(1, 1600), begin(2, 1700, '/watch'), head(2, 1705), piece(2, 1800, '{}\n')])
    apply(log, batch(event));
  expect(channels(log)[0]).toMatchObject({ transport: 'http-stream', messages: { received: 5 }, reconnects: 1 });
});

describe('a body that the page hands on', () => {
  it('is a stream while it is open, as far as the network log knows it', () => {
    const open = (receiveMs: number) => {
      const log = told(begin(1, 0, '/changes'), head(1, 5), piece(1, 6, ''));
      const entry = entryOf({ url: `${ORIGIN}/changes`, receiveMs, contentBytes: 700 });
      apply(log, { kind: 'open-stream', entry, at: T0 + 9000 });
      return channels(log)[0];
    };
    expect(open(2001)).toMatchObject({
      transport: 'http-stream',
      inFlight: 1,
      bytes: { payloadReceived: { value: 700 } },
    });
    expect(open(2000)).toMatchObject({ transport: null });
  });
  it('is no answer left unread: what it brought is told by the network log', () => {
    const log = told(begin(1, 0, '/changes'), head(1, 5), piece(1, 6, ''));
    apply(log, { kind: 'tick', at: T0 + 8000 });
    expect(channels(log)[0]).toMatchObject({ inFlight: 1 });
    const body = '{"n":1}\n{"n":2}\n';
    reported(log, '/changes', 0, { receiveMs: 9000, endedAt: T0 + 9000, body, contentBytes: body.length });
    apply(log, { kind: 'finish', at: T0 + 12_000 });
    expect(channels(log)[0]).toMatchObject({ transport: 'http-stream', inFlight: 0, messages: { received: 2 } });
  });
});

it('a body that is held back after its head is a hold, and one that is long in coming is not', () => {
  const heldBack = (contentBytes: number) => {
    const log = told();
    for (let i = 0; i < 12; i++) {
      const at = i * 3010;
      for (const event of [begin(i, at, '/changes'), head(i, at + 5), over(i, at + 3005)]) apply(log, batch(event));
      const entry = { receiveMs: 3000, endedAt: T0 + at + 3005, body: `["${i}"]`, contentBytes };
      reported(log, '/changes', at, entry);
    }
    return channels(log)[0]!.transport;
  };
  expect(heldBack(2999)).toBe('long-polling');
  expect(heldBack(3000)).toBe('polling');
});

it('an answer that seemed left unread ends when the page has read it', () => {
  const log = told();
  for (let i = 0; i < 6; i++) {
    const at = i * 9005;
    for (const event of [begin(i, at, '/changes'), head(i, at + 5)]) apply(log, batch(event));
    apply(log, { kind: 'tick', at: T0 + at + 8000 });
    expect(channels(log)[0]!.inFlight).toBe(0);
    apply(log, batch(over(i, at + 9000)));
    const body = `["${i}"]`;
    reported(log, '/changes', at, { receiveMs: 9000, endedAt: T0 + at + 9000, body, contentBytes: body.length });
  }
  expect(channels(log)[0]).toMatchObject({ transport: 'long-polling', useful: 5, inFlight: 0, unjudged: 0 });
});

it('parts of one file are no poll, however quickly they follow one another', () => {
  const parts = (status: number, waitMs = 20) => {
    const log = told();
    for (let i = 0; i < 12; i++) {
      const [from, to] = [i * 400, i * 400 + 395];
      apply(log, batch(begin(i, from, '/film.bin')));
      apply(log, batch(head(i, from + waitMs, 'application/octet-stream', status)));
      apply(log, batch(over(i, to)));
    }
    return channels(log)[0]!.transport;
  };
  expect(parts(206)).toBe('request');
  expect(parts(206, 390)).toBe('request');
  expect(parts(200)).toBe('polling');
  expect(parts(200, 390)).toBe('long-polling');
});

describe('calls in a batch', () => {
  const batchOf = (n: number) => JSON.stringify([1, 2].map((id) => ({ jsonrpc: '2.0', id, result: `0x${n}` })));
  it('that is polled are one answer with news', () => {
    const log = told();
    const text = '[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","id":2,"method":"b"}]';
    for (let i = 0; i < 8; i++) {
      const at = i * 2000;
      for (const event of [begin(i, at, '/rpc', { method: 'POST', text }), head(i, at + 5), over(i, at + 6)])
        apply(log, batch(event));
      const body = batchOf(i >> 1);
      reported(log, '/rpc', at, { method: 'POST', body, contentBytes: body.length });
    }
    expect(channels(log)[0]).toMatchObject({ transport: 'polling', wastedTotal: 4, messages: { received: 4 } });
  });
});

describe('scripts', () => {
  const scripts = (path: (i: number) => string, body: (i: number) => string) => {
    const log = told();
    for (let i = 0; i < 8; i++) {
      const entry = { resourceType: 'script', contentType: 'text/javascript', body: body(i), contentBytes: 20 };
      reported(log, path(i), i * 2000, entry);
    }
    apply(log, { kind: 'finish', at: T0 + 20_000 });
    return channels(log);
  };
  it('that call what the page names are polls, and the name of the function is no news', () => {
    const [channel, ...others] = scripts(
      (i) => `/feed?callback=cb${i}`,
      (i) => `cb${i}({"n":${i >> 1}})`,
    );
    expect(channel).toMatchObject({ transport: 'polling', requests: 8, useful: 3, wastedTotal: 4 });
    expect(others).toEqual([]);
  });
  it('that are parts of the page are no way to get news', () => {
    expect(
      scripts(
        (i) => `/chunk.js?v=${i}`,
        () => 'go()',
      ),
    ).toEqual([]);
  });
});
