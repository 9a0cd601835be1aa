import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/core/filter/facts.ts';
import { compileFilter } from '../../../src/core/filter/filter.ts';
import { apply } from '../../../src/core/log.ts';
import type { Protocol } from '../../../src/core/protocols/protocol.ts';
import { createKinds } from '../../../src/core/rows/kinds.ts';
import { createScan, type Scan, type ScanOptions } from '../../../src/core/rows/scan.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import { createMessageStore } from '../../../src/core/store/messages.ts';
import type { PageEvent } from '../../../src/protocol.ts';
import { messageEvent } from '../../support/message.ts';
import { batch, entryOf, play, T0 } from '../../support/timeline.ts';

const SOCKET = 'wss://live.test/socket';

function socket(log = createLog(T0), id = 101, url = SOCKET): Log {
  apply(log, batch({ kind: 'connect', id, at: 1, api: 'websocket', url, stack: null }));
  apply(log, batch({ kind: 'open', id, at: 2, protocol: '', extensions: '' }));
  return log;
}
function say(log: Log, at: number, text: string, rest: { id?: number; direction?: 'sent' | 'received' } = {}): void {
  const { id = 101, direction = 'received' } = rest;
  apply(log, batch(messageEvent(id, at, text, { direction })));
}

const scanOf = (log: Log, filter = '', rest: Partial<ScanOptions> = {}): Scan =>
  createScan({
    log,
    kinds: createKinds(log.history.messages),
    channelId: null,
    filter: compileFilter(filter),
    factsOf: (channel) => factsOf(log, reportChannel(log, channel)),
    hideControl: true,
    range: null,
    ...rest,
  });
/** A protocol of calls, whose number is the first two characters. */
const CALLS: Protocol = {
  id: 'calls',
  displayName: 'Calls',
  claims: () => true,
  decode: (payload) => [{ role: 'data', op: 'call', name: null, correlation: String(payload).slice(0, 2) }],
};
const NEVER = () => false;
const ALWAYS = () => true;

/** Content of messages and paths of requests, in the order in which they are shown. */
function shown(log: Log, { rows }: Scan): string[] {
  return Array.from({ length: rows.length }, (_, i) => rows.at(i)!).map((row) =>
    typeof row === 'number' ? String(log.history.messages.get(row)?.content) : row.url.replace(/^.*test/, ''),
  );
}
function found(log: Log, filter = '', rest: Partial<ScanOptions> = {}): string[] {
  const scan = scanOf(log, filter, rest);
  scan.work(NEVER);
  return shown(log, scan);
}

describe('rows of a recording', () => {
  it('are messages and requests in order of time', () => {
    const log = socket(play('10ms GET /a 200 x\n30ms GET /b 200 y'));
    say(log, 20, 'one');
    say(log, 40, 'two');
    expect(found(log)).toEqual(['/a', 'one', '/b', 'two']);
  });

  it('stand in order even where the network log alone saw a request, and told late', () => {
    const log = socket();
    say(log, 10, 'one');
    const scan = scanOf(log);
    scan.work(NEVER);
    say(log, 30, 'two');
    const entry = entryOf({ url: 'https://app.test/worker', startedAt: T0 + 20, endedAt: T0 + 25 });
    apply(log, { kind: 'entry', entry, at: T0 + 40 });
    apply(log, { kind: 'tick', at: T0 + 10_000 });
    scan.work(NEVER);
    expect(shown(log, scan)).toEqual(['one', '/worker', 'two']);
    expect(found(log)).toEqual(['one', '/worker', 'two']);
  });

  it('may be those of one channel', () => {
    const log = socket(play('10ms GET /a 200 x\n30ms GET /b 200 y'));
    socket(log, 102, 'wss://live.test/other');
    say(log, 20, 'one');
    say(log, 40, 'two', { id: 102 });
    const channelAt = (part: string) => log.channels.find(({ url }) => url.includes(part))!.id;
    expect(found(log, '', { channelId: channelAt('/socket') })).toEqual(['one']);
    expect(found(log, '', { channelId: channelAt('/a') })).toEqual(['/a']);
  });

  it('leave out what only keeps the line, and say how much that is', () => {
    const log = socket();
    for (const text of ['{"type":"ping"}', 'news', 'pong']) say(log, 10, text);
    const scan = scanOf(log);
    scan.work(NEVER);
    expect(shown(log, scan)).toEqual(['news']);
    expect(scan.hidden).toBe(2);
    expect(found(log, '', { hideControl: false })).toHaveLength(3);
  });

  it('may be those of a span of time', () => {
    const log = socket(play('10ms GET /early 200 x 50ms\n100ms GET /late 200 y'));
    say(log, 20, 'before');
    say(log, 70, 'within');
    say(log, 90, 'after');
    // A request counts for as long as it takes.
    expect(found(log, '', { range: { from: T0 + 50, to: T0 + 80 } })).toEqual(['/early', 'within']);
  });

  it('leave out channels that are not shown', () => {
    const log = socket(play('10ms GET /a 200 x'));
    say(log, 20, 'one');
    expect(found(log, '', { factsOf: () => null })).toEqual([]);
  });
});

describe('searching', () => {
  it('goes back from the newest, a slice at a time', () => {
    const log = socket();
    for (let i = 0; i < 1000; i++) say(log, i, `m${i}`);
    const scan = scanOf(log);
    expect(scan.work(ALWAYS)).toBe(true);
    const first = shown(log, scan);
    expect(first.at(-1)).toBe('m999');
    expect(first.length).toBeLessThan(100);
    expect(scan.left).toBe(1000 - first.length);
    scan.work(NEVER);
    expect(scan.left).toBe(0);
    expect(shown(log, scan)[0]).toBe('m0');
    expect(scan.rows.length).toBe(1000);
    expect(scan.work(NEVER)).toBe(false);
  });

  it('takes in what comes meanwhile at the other end', () => {
    const log = socket();
    for (let i = 0; i < 100; i++) say(log, i, `m${i}`);
    const scan = scanOf(log);
    scan.work(ALWAYS);
    const { start } = scan.rows;
    say(log, 200, 'new');
    scan.work(NEVER);
    expect(shown(log, scan).at(-1)).toBe('new');
    expect(scan.rows.length).toBe(101);
    expect(scan.rows.start).toBeLessThan(start);
  });

  it('finds few among many', () => {
    const log = socket();
    for (let i = 0; i < 5000; i++) say(log, i, i % 1000 === 7 ? `needle ${i}` : `hay ${i}`);
    expect(found(log, 'needle')).toEqual(['needle 7', 'needle 1007', 'needle 2007', 'needle 3007', 'needle 4007']);
  });

  it('forgets what the recording dropped', () => {
    const log = createLog(T0);
    log.history.messages = createMessageStore({ messages: 5000, content: 1e9 });
    socket(log);
    for (let i = 0; i < 5000; i++) say(log, i, `m${i}`);
    const scan = scanOf(log);
    scan.work(NEVER);
    for (let i = 5000; i < 10_000; i++) say(log, i, `m${i}`);
    scan.work(NEVER);
    const kept = shown(log, scan);
    expect(kept).toHaveLength(10_000 - log.history.messages.first);
    expect(kept[0]).toBe(`m${log.history.messages.first}`);
    expect(kept.at(-1)).toBe('m9999');
  });
});

describe('a filter for text', () => {
  const WORDS = ['needle', 'Needle', 'hay', '9999', '(odd)', 'ſtraße', 'sent', 'a.b'];
  const TYPES = ['text', 'needle-drop', 'price'];
  /** Much traffic of few words, the same each time. */
  function made(): Log {
    let random = 7;
    const pick = <T>(from: readonly T[]): T => {
      random = (random * 48_271) % 0x7fff_ffff;
      return from[random % from.length]!;
    };
    const log = socket(play('5ms GET /hay 200 needle\n90ms GET /b 200 y'));
    socket(log, 102, 'wss://live.test/needle');
    for (let at = 10; at < 1500; at++) {
      const text = `${pick(WORDS)} ${pick(WORDS)}`;
      const direction = pick(['sent', 'received'] as const);
      const bytes = pick([true, false, false]) ? new TextEncoder().encode(text) : null;
      const event: PageEvent = {
        kind: 'message',
        id: pick([101, 101, 102]),
        at,
        direction,
        type: pick(TYPES),
        payloadBytes: text.length,
        text: bytes === null ? text : null,
        bytes,
        contentId: null,
        lastEventId: '',
      };
      apply(log, batch(event));
    }
    return log;
  }
  /** What is to be found, said as simply as can be. */
  const holds: Record<string, (text: string, direction: string) => boolean> = {
    needle: (text) => text.toLowerCase().includes('needle'),
    '-needle': (text) => !text.toLowerCase().includes('needle'),
    nowhere: () => false,
    '(odd)': (text) => text.includes('(odd)'),
    'a.b dir:sent': (text, direction) => text.includes('a.b') && direction === 'sent',
    '/9999.hay/': (text) => /9999.hay/.test(text),
    'hay -"hay hay"': (text) => text.includes('hay') && !text.includes('hay hay'),
  };

  it.each(Object.entries(holds))('%s finds what looking at each message finds', (filter, isSought) => {
    const log = made();
    const scan = scanOf(log, filter, { hideControl: false });
    while (scan.left > 0) scan.work(ALWAYS);
    const rows = Array.from({ length: scan.rows.length }, (_, i) => scan.rows.at(i)!);
    const { messages } = log.history;
    const urls = new Map(log.channels.map(({ id, url }) => [id, url]));
    const expected: number[] = [];
    for (let seq = messages.first; seq < messages.next; seq++) {
      const { content, type, channelId, direction } = messages.get(seq)!;
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content!);
      if (isSought(`${urls.get(channelId)}\n${type}\n${text}`, direction)) expected.push(seq);
    }
    expect(rows.filter((row) => typeof row === 'number')).toEqual(expected);
  });
});

describe('a word among thousands', () => {
  const polls = Array.from(
    { length: 40 },
    (_, i) => `${i * 50}ms GET /news 200 {"n":${i},"word":"${i % 9 === 0 ? 'rare' : ''}"}`,
  );
  const log = socket(socket(play(polls.join('\n'))), 102, 'wss://live.test/quotes');
  for (let i = 0; i < 2000; i++) say(log, i, `message ${i}${i % 97 === 0 ? ' Rare' : ''}`, { id: 101 + (i % 2) });
  const all = found(log);

  it.each([
    ['rare', (text: string) => /rare/i.test(text)],
    ['rare url:quotes', (text: string) => /[13579] rare/i.test(text)],
    ['rare message', (text: string) => /message \d+ rare/i.test(text)],
    ['-rare message', (text: string) => /^message \d+$/i.test(text)],
    ['nowhere', () => false],
  ])('%s', (filter, isShown) => {
    const isPoll = (text: string) => text === '/news';
    const expected = all.filter((text) => !isPoll(text) && isShown(text));
    const shown = found(log, filter);
    expect(shown.filter((text) => !isPoll(text))).toEqual(expected);
    expect(shown.filter(isPoll)).toHaveLength(filter === 'rare' ? 5 : 0);
  });

  it('is sought in each message where it may stand in the URL or the type of some', () => {
    expect(found(log, 'quotes')).toHaveLength(1000);
    expect(found(log, 'text')).toHaveLength(2000);
  });

  it('is not found where the end of one message and the beginning of the next make it up', () => {
    const log = socket();
    for (let i = 0; i < 1000; i++) say(log, i, i % 2 === 0 ? 'aab' : i === 501 ? 'aabaab' : 'aa');
    expect(found(log, 'abaab')).toEqual(['aabaab']);
    expect(found(log, 'aaaab')).toEqual([]);
  });

  it('leaves no question unread whose answer is shown', () => {
    const log = socket();
    log.channels[0]!.protocol = CALLS;
    say(log, 10, '#1 question', { direction: 'sent' });
    say(log, 35, '#1 answer');
    for (let i = 0; i < 1000; i++) say(log, 100 + i, '#2 else');
    const kinds = createKinds(log.history.messages);
    expect(found(log, 'answer', { kinds })).toEqual(['#1 answer']);
    expect(kinds.pairs.latencyMs(log.channels[0]!.id, '#1', 'received', T0 + 35)).toBe(25);
  });
});

describe('a request under way', () => {
  const request = (id: number, at: number, path: string): PageEvent => ({
    kind: 'request',
    id,
    at,
    api: 'fetch',
    method: 'GET',
    url: `https://app.test${path}`,
    bodyBytes: 0,
    bodyText: null,
    stack: null,
  });
  const url = 'https://app.test/slow';

  function begun(): Log {
    const log = socket();
    say(log, 10, 'before');
    apply(log, batch(request(1, 20, '/slow')));
    say(log, 30, 'after');
    return log;
  }
  function end(log: Log): void {
    apply(log, batch({ kind: 'response', id: 1, at: 50, status: 404, url, contentType: null }));
    apply(log, batch({ kind: 'end', id: 1, at: 60, outcome: 'done', bodyBytes: 3 }));
    apply(log, {
      kind: 'entry',
      entry: entryOf({ url, startedAt: T0 + 20, endedAt: T0 + 60, status: 404 }),
      at: T0 + 70,
    });
  }

  it('is shown from its start', () => {
    expect(found(begun())).toEqual(['before', '/slow', 'after']);
  });

  it('finds its place once its answer meets the filter', () => {
    const log = begun();
    const scan = scanOf(log, 'status-code:404');
    scan.work(NEVER);
    expect(shown(log, scan)).toEqual([]);
    end(log);
    expect(scan.work(NEVER)).toBe(true);
    expect(shown(log, scan)).toEqual(['/slow']);
  });

  it('goes once it no longer does', () => {
    const log = begun();
    const scan = scanOf(log, 'is:running');
    scan.work(NEVER);
    expect(shown(log, scan)).toEqual(['before', '/slow', 'after']);
    end(log);
    scan.work(NEVER);
    expect(shown(log, scan)).toEqual(['before', 'after']);
  });
});

describe('what was found is no longer right', () => {
  it('when a verdict comes to meet the filter', () => {
    const log = play('0ms GET /news 200 a');
    const scan = scanOf(log, 'transport:polling');
    scan.work(NEVER);
    expect(scan.isStale()).toBe(false);
    expect(scan.rows.length).toBe(0);
    const polled = play(Array.from({ length: 9 }, (_, i) => `${i * 1000}ms GET /news 200 a`).join('\n'));
    log.channels[0]!.standing = polled.channels[0]!.standing;
    expect(scan.isStale()).toBe(true);
  });

  it('when a channel turns out to speak a protocol', () => {
    const log = socket();
    say(log, 10, '2');
    const kinds = createKinds(log.history.messages);
    const scan = scanOf(log, '', { kinds });
    scan.work(NEVER);
    expect(scan.isStale()).toBe(false);
    log.channels[0]!.protocol = {
      id: 'pings',
      displayName: 'Pings',
      claims: () => true,
      decode: () => [{ role: 'heartbeat', op: 'ping', name: null, correlation: null }],
    };
    expect(scan.isStale()).toBe(true);
    expect(found(log, '', { kinds })).toEqual([]);
  });

  it('but not because more of the same comes', () => {
    const log = socket();
    say(log, 10, 'one');
    const scan = scanOf(log, 'transport:websocket');
    scan.work(NEVER);
    say(log, 20, 'two');
    expect(scan.isStale()).toBe(false);
  });
});

it('reading messages pairs calls with their answers', () => {
  const log = socket();
  log.channels[0]!.protocol = CALLS;
  say(log, 10, '1', { direction: 'sent' });
  say(log, 35, '1');
  const kinds = createKinds(log.history.messages);
  scanOf(log, '', { kinds }).work(NEVER);
  expect(kinds.pairs.latencyMs(log.channels[0]!.id, '1', 'received', T0 + 35)).toBe(25);
});
