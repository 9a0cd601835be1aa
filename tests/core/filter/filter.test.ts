import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/core/filter/facts.ts';
import { compileFilter } from '../../../src/core/filter/filter.ts';
import { apply } from '../../../src/core/log.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import type { PageEvent } from '../../../src/protocol.ts';
import { type MessageEvent, messageEvent } from '../../support/message.ts';
import { batch, entryOf, play, repeat, T0 } from '../../support/timeline.ts';

const DOCUMENT = { key: 'document-1', frameId: 0, url: 'https://app.test/' };

/** URL templates of the channels that a filter lists. */
function listed(log: Log, text: string, inverted = false): string[] {
  const filter = compileFilter(text, inverted);
  const reports = log.channels.map((channel) => reportChannel(log, channel));
  return reports.filter((report) => filter.channel(factsOf(log, report))).map(({ sampleUrl }) => sampleUrl);
}

const message = (id: number, at: number, text: string, rest: Partial<MessageEvent> = {}): PageEvent =>
  messageEvent(id, at, text, { type: 'message', ...rest });

const SOCKET = 'wss://live.test/socket';
const STREAM = 'https://app.test/stream';

/** A poll that wastes three of four, a search, a socket that talks both ways and an event stream that reconnects. */
function traffic(): Log {
  const log = play(`
    ${repeat(9, 1000, (i, at) => `${at}ms GET /news 200 {"n":${i < 5 ? 1 : i}}`)}
    300ms GET /search?q=price 404 {"error":"none"} 40ms
  `);
  const told: PageEvent[] = [
    { kind: 'connect', id: 101, at: 1, api: 'websocket', url: SOCKET, stack: null },
    { kind: 'open', id: 101, at: 2, protocol: '', extensions: '' },
    message(101, 10, '{"hello":1}', { direction: 'sent', type: 'text' } as never),
    message(101, 20, '{"price":42}', { type: 'text' } as never),
    { kind: 'connect', id: 102, at: 3, api: 'event-source', url: STREAM, stack: null },
    { kind: 'open', id: 102, at: 4, protocol: '', extensions: '' },
    message(102, 30, 'x'.repeat(2000), { type: 'tick' } as never),
    { kind: 'reconnecting', id: 102, at: 40 },
    { kind: 'open', id: 102, at: 3040, protocol: '', extensions: '' },
  ];
  for (const event of told) apply(log, batch(event));
  const handshake = entryOf({
    url: SOCKET,
    resourceType: 'websocket',
    status: 101,
    startedAt: T0 + 1,
    endedAt: T0 + 9000,
  });
  apply(log, {
    kind: 'entry',
    entry: { ...handshake, responseHeaders: [['Sec-WebSocket-Accept', 'x']] },
    at: T0 + 9000,
  });
  return log;
}

describe('channels', () => {
  const log = traffic();
  const [news, search, socket, stream] = ['https://app.test/news', 'https://app.test/search?q=price', SOCKET, STREAM];
  const all = [news, search, socket, stream];

  it.each([
    ['', all],
    ['news', [news]],
    ['-news', [search, socket, stream]],
    ['app.test -search', [news, stream]],
    ['/s(ea|tr)/', [search, stream]],
    ['/unclosed(/', []],
    ['transport:websocket', [socket]],
    ['transport:sse', [stream]],
    ['-transport:polling', [search, socket, stream]],
    ['domain:app.test', [news, search, stream]],
    ['domain:*.test', all],
    ['domain:test', []],
    ['scheme:wss', [socket]],
    ['method:get url:search', [search]],
    ['status-code:404', [search]],
    ['status-code:2xx', [news]],
    ['status-code:101', [socket]],
    ['-status-code:404', [news, socket, stream]],
    ['mime-type:json', [news, search, socket]],
    ['has-response-header:sec-websocket-accept', [socket]],
    ['larger-than:1k', [stream]],
    ['larger-than:1MB', []],
    ['dir:sent', [socket]],
    ['is:running', [socket, stream]],
    ['-is:running', [news, search]],
    ['is:reconnecting', [stream]],
    ['wasted:>50%', []],
    ['wasted:50%', [news]],
    ['wasted:<50%', []],
    ['interval:<2s', [news, socket]],
    ['interval:1s', [news]],
    ['is:degenerate', []],
    ['is:hidden', []],
    ['is:nonsense', []],
    ['protocol:socket.io', []],
    ['dir:', all],
  ])('%s', (text, expected) => {
    expect(listed(log, text)).toEqual(expected);
  });

  it('are turned round as a whole', () => {
    expect(listed(log, 'news', true)).toEqual([search, socket, stream]);
    expect(listed(log, 'app.test transport:sse', true)).toEqual([news, search, socket]);
    expect(listed(log, '', true)).toEqual(all);
    // Its other rows are what is left.
    expect(listed(log, 'dir:sent', true)).toEqual(all);
  });

  it('are found by events when somebody keeps their names', () => {
    const filter = compileFilter('event:tick');
    const reports = log.channels.map((channel) => reportChannel(log, channel));
    const eventsOf = (id: number) => (id === reports[3]!.id ? ['tick'] : []);
    expect(reports.filter((r) => filter.channel(factsOf(log, r, eventsOf))).map((r) => r.sampleUrl)).toEqual([stream]);
  });
});

describe('a stream that ends after each message', () => {
  const opened = (times: number): Log => {
    const log = createLog(T0);
    apply(log, batch({ kind: 'connect', id: 1, at: 0, api: 'event-source', url: STREAM, stack: null }));
    for (let i = 0; i < times; i++) {
      apply(log, batch({ kind: 'open', id: 1, at: i * 3000, protocol: '', extensions: '' }));
      apply(log, batch(message(1, i * 3000 + 1, 'x')));
      if (i < times - 1) apply(log, batch({ kind: 'reconnecting', id: 1, at: i * 3000 + 2 }));
    }
    return log;
  };

  it('is degenerate from the third time', () => {
    expect(listed(opened(2), 'is:degenerate')).toEqual([]);
    expect(listed(opened(3), 'is:degenerate')).toEqual([STREAM]);
  });
});

describe('a page that was hidden', () => {
  it('is told by its requests', () => {
    const log = createLog(T0);
    apply(log, { kind: 'document', document: DOCUMENT, at: T0 });
    apply(log, batch({ kind: 'visibility', id: 1, at: 0, state: 'hidden' }));
    const request = {
      kind: 'request',
      api: 'fetch',
      method: 'GET',
      bodyBytes: 0,
      bodyText: null,
      stack: null,
    } as const;
    apply(log, batch({ ...request, id: 2, at: 10, url: 'https://app.test/while-hidden' }));
    apply(log, batch({ kind: 'visibility', id: 3, at: 20, state: 'visible' }));
    apply(log, batch({ ...request, id: 4, at: 30, url: 'https://app.test/seen' }));
    expect(listed(log, 'is:hidden')).toEqual(['https://app.test/while-hidden']);
    expect(listed(log, '-is:hidden')).toEqual(['https://app.test/seen']);
  });
});

describe('rows', () => {
  const log = traffic();
  const rows = (text: string, inverted = false): string[] => {
    const filter = compileFilter(text, inverted);
    return log.channels.flatMap((channel) => {
      const { message, exchange } = filter.rows(factsOf(log, reportChannel(log, channel)));
      const seqs = log.history.messages.of(channel.id).toArray();
      const messages = seqs.map((seq) => log.history.messages.get(seq)!).filter((each) => message(each, () => []));
      const exchanges = log.history.exchanges.of(channel.id).filter((each) => exchange(each, () => []));
      return [
        ...exchanges.map(({ url, startedAt }) => `${url.split('/')[3]} ${startedAt - T0}`),
        ...messages.map(({ content }) => String(content).slice(0, 9)),
      ];
    });
  };

  it.each([
    ['price', ['search?q=price 300', '{"price":']],
    ['price -url:search', ['{"price":']],
    ['dir:sent', ['{"hello":']],
    ['-dir:sent scheme:wss', ['{"price":']],
    ['event:tick', ['xxxxxxxxx']],
    ['larger-than:1k', ['xxxxxxxxx']],
    ['"n\\":8"', ['news 8000']],
    ['status-code:404', ['search?q=price 300']],
    ['transport:sse', ['xxxxxxxxx']],
    ['/^\\{"h/', ['{"hello":']],
  ])('%s', (text, expected) => {
    expect(rows(text)).toEqual(expected);
  });

  it('are turned round as a whole', () => {
    expect(rows('scheme:wss price', true)).not.toContain('{"price":');
    expect(rows('scheme:wss price', true)).toHaveLength(rows('').length - 1);
  });

  it('need not be looked at one by one when their channel decides', () => {
    const report = reportChannel(log, log.channels[0]!);
    expect(compileFilter('transport:websocket').rows(factsOf(log, report)).always).toBe(false);
    expect(compileFilter('transport:polling').rows(factsOf(log, report)).always).toBe(true);
    expect(compileFilter('transport:polling foo').rows(factsOf(log, report)).always).toBeNull();
  });

  it('are asked for their labels, too', () => {
    const filter = compileFilter('event:chat');
    const facts = factsOf(log, reportChannel(log, log.channels[2]!));
    const seq = log.history.messages.of(facts.report.id).at(0);
    const label = { role: 'data', op: 'event', name: 'chat', correlation: null } as const;
    expect(filter.rows(facts).message(log.history.messages.get(seq)!, () => [label])).toBe(true);
    expect(filter.rows(facts).message(log.history.messages.get(seq)!, () => [])).toBe(false);
  });
});

describe('what cannot be understood', () => {
  it.each([
    ['is:nonsense', 'bad-value'],
    ['is:constructor', 'bad-value'],
    ['dir:up', 'bad-value'],
    ['wasted:lots', 'bad-value'],
    ['status-code:9', 'bad-value'],
    ['larger-than:big', 'bad-value'],
    ['/(/', 'bad-regex'],
    ['/(a+)+$/', 'explosive-regex'],
  ])('%s is text, and says so', (text, kind) => {
    const { problems, isEmpty } = compileFilter(`x ${text}`);
    expect(problems).toEqual([{ start: 2, end: 2 + text.length, kind }]);
    expect(isEmpty).toBe(false);
  });

  it('never throws', () => {
    for (const text of ['-', '--', ':', 'dir:-', '//', '-"', 'url:/[/', 'domain:***', 'domain:(', '\ud800'])
      expect(() => compileFilter(text)).not.toThrow();
  });
});
