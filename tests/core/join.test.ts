import { describe, expect, it } from 'vitest';
import { apply } from '../../src/core/log.ts';
import { reportChannel } from '../../src/core/session/report.ts';
import { createLog } from '../../src/core/state.ts';
import { batch, entryOf, ORIGIN, play, repeat, T0 } from '../support/timeline.ts';

const polls = repeat(6, 1000, (i, at) => `${at}ms GET /news?since=${i} 200 [${i}] 20ms`);

describe('both sources', () => {
  it('make one exchange of what each saw of it', () => {
    const log = play(polls);
    expect(log.sources).toEqual({ both: 6, pageOnly: 0, networkOnly: 0 });
    expect(reportChannel(log, log.channels[0]!)).toMatchObject({
      exchanges: 6,
      source: 'both',
      reported: { exchanges: 6, of: 6 },
      bytes: { requestHeader: { value: 3000, provenance: 'measured' }, responseHeader: { value: 900 } },
    });
  });

  it('count alone too: the page without the network log', () => {
    const log = play(polls, { network: false });
    expect(log.sources).toEqual({ both: 0, pageOnly: 6, networkOnly: 0 });
    expect(reportChannel(log, log.channels[0]!)).toMatchObject({
      exchanges: 6,
      source: 'page',
      transport: 'polling',
      bytes: { requestHeader: { value: null, provenance: 'unknown' } },
    });
  });

  it('count alone too: the network log without the page, as for a worker', () => {
    const log = play(polls, { page: false });
    expect(log.sources).toEqual({ both: 0, pageOnly: 0, networkOnly: 6 });
    expect(reportChannel(log, log.channels[0]!)).toMatchObject({
      exchanges: 6,
      source: 'network',
      transport: 'polling',
      useful: 5,
      bytes: { requestHeader: { value: 3000 } },
    });
  });
});

describe('joining', () => {
  const request = (id: number, at: number) =>
    batch({
      kind: 'request',
      id,
      at,
      api: 'fetch',
      method: 'GET',
      url: `${ORIGIN}/a`,
      bodyBytes: 0,
      bodyText: null,
      stack: null,
    });
  const entry = (startedAt: number) =>
    ({
      kind: 'entry',
      entry: entryOf({ url: `${ORIGIN}/a`, startedAt: T0 + startedAt }),
      at: T0 + startedAt + 20,
    }) as const;

  it('takes an entry that came before its request', () => {
    const log = createLog(T0);
    apply(log, entry(1));
    apply(log, request(1, 0));
    expect(log.sources.both).toBe(1);
  });

  it('bridges 5 ms between both clocks at once, not 6', () => {
    const log = createLog(T0);
    apply(log, request(1, 0));
    apply(log, entry(6));
    expect(log.sources.both).toBe(0);
    apply(log, entry(5));
    expect(log.sources.both).toBe(1);
  });

  it('waits, and then takes a request that the browser was slow to start for the same, up to a second', () => {
    const joined = (lateMs: number) => {
      const log = createLog(T0);
      apply(log, request(1, 0));
      apply(log, entry(lateMs));
      apply(log, { kind: 'tick', at: T0 + lateMs + 2000 });
      expect(log.sources.both).toBe(0);
      apply(log, { kind: 'tick', at: T0 + lateMs + 2100 });
      return log.sources;
    };
    expect(joined(6)).toEqual({ both: 1, pageOnly: 0, networkOnly: 0 });
    expect(joined(1000)).toEqual({ both: 1, pageOnly: 0, networkOnly: 0 });
    expect(joined(1001)).toEqual({ both: 0, pageOnly: 1, networkOnly: 1 });
    expect(joined(-6)).toEqual({ both: 0, pageOnly: 1, networkOnly: 1 });
  });

  it('gives simultaneous requests to one URL one entry each, first in first out', () => {
    const log = createLog(T0);
    for (const id of [1, 2, 3]) apply(log, request(id, id / 10));
    for (const at of [0, 0, 1]) apply(log, entry(at));
    expect(log.sources).toEqual({ both: 3, pageOnly: 0, networkOnly: 0 });
  });

  it('never counts a straggling entry as a second request', () => {
    const log = createLog(T0);
    apply(log, request(1, 0));
    apply(log, batch({ kind: 'end', id: 1, at: 10, outcome: 'done', bodyBytes: 0 }));
    apply(log, { kind: 'tick', at: T0 + 20_000 });
    apply(log, { ...entry(0), at: T0 + 21_000 });
    expect(log.channels.map(({ exchanges, reported }) => ({ exchanges, reported }))).toEqual([
      { exchanges: 1, reported: 1 },
    ]);
  });
});

describe('an exchange on the wire', () => {
  const url = `${ORIGIN}/a`;
  const ask = (log: ReturnType<typeof createLog>) => {
    apply(
      log,
      batch({
        kind: 'request',
        id: 1,
        at: 0,
        api: 'fetch',
        method: 'GET',
        url,
        bodyBytes: 0,
        bodyText: null,
        stack: null,
      }),
    );
    apply(log, batch({ kind: 'response', id: 1, at: 40, status: 200, url, contentType: 'application/json' }));
    apply(log, batch({ kind: 'end', id: 1, at: 50, outcome: 'done', bodyBytes: 7 }));
  };
  const settled = (log: ReturnType<typeof createLog>) => {
    apply(log, { kind: 'tick', at: T0 + 90_000 });
    expect(log.channels).toHaveLength(1);
    return reportChannel(log, log.channels[0]!);
  };

  it('is one for the page and one more for each hop of a redirect, whatever the order of the news', () => {
    const hop = entryOf({ url, status: 302, redirectUrl: `${ORIGIN}/b`, endedAt: T0 + 20 });
    const last = entryOf({
      url: `${ORIGIN}/b`,
      startedAt: T0 + 21,
      endedAt: T0 + 50,
      contentBytes: 7,
      body: '{"n":1}',
    });
    for (const entries of [
      [hop, last],
      [last, hop],
    ]) {
      const log = createLog(T0);
      ask(log);
      for (const entry of entries) apply(log, { kind: 'entry', entry, at: T0 + 60 });
      expect(settled(log)).toMatchObject({
        exchanges: 1,
        baseline: 1,
        reported: { exchanges: 2, of: 2 },
        bytes: { requestHeader: { value: 1000 }, payloadReceived: { value: 7 } },
      });
    }
  });

  it('is none when the cache answered', () => {
    const log = createLog(T0);
    ask(log);
    const entry = entryOf({
      url,
      fromCache: true,
      requestHeaderBytes: null,
      responseHeaderBytes: null,
      contentBytes: 7,
      body: '{"n":1}',
    });
    apply(log, { kind: 'entry', entry, at: T0 + 60 });
    expect(settled(log)).toMatchObject({
      exchanges: 0,
      cached: 1,
      reported: { exchanges: 0, of: 0 },
      bytes: { requestHeader: { value: 0, provenance: 'measured' }, wire: { value: 0 } },
    });
  });
});

describe('a document that goes away', () => {
  const failedAt = (at: number) => {
    const log = createLog(T0);
    apply(
      log,
      batch({
        kind: 'request',
        id: 1,
        at: 0,
        api: 'fetch',
        method: 'GET',
        url: `${ORIGIN}/w`,
        bodyBytes: 0,
        bodyText: null,
        stack: null,
      }),
    );
    apply(log, batch({ kind: 'end', id: 1, at, outcome: 'error', bodyBytes: null }));
    apply(log, { kind: 'gone', documentKey: 'document-1', at: T0 + 1000 });
    apply(log, { kind: 'tick', at: T0 + 20_000 });
    return reportChannel(log, log.channels[0]!);
  };

  it('explains a request that failed as it left, not one that failed before', () => {
    expect(failedAt(801)).toMatchObject({ aborted: 1, errors: 0 });
    expect(failedAt(800)).toMatchObject({ aborted: 0, errors: 1 });
  });

  it('cuts what it was waiting for, and the sockets it had open', () => {
    const log = createLog(T0);
    apply(
      log,
      batch({
        kind: 'request',
        id: 1,
        at: 0,
        api: 'fetch',
        method: 'GET',
        url: `${ORIGIN}/wait`,
        bodyBytes: 0,
        bodyText: null,
        stack: null,
      }),
    );
    apply(log, batch({ kind: 'connect', id: 2, at: 0, api: 'websocket', url: 'wss://app.test/ws', stack: null }));
    apply(log, batch({ kind: 'open', id: 2, at: 5, protocol: '', extensions: '' }));
    apply(log, { kind: 'gone', documentKey: 'document-1', at: T0 + 1000 });
    const [wait, socket] = log.channels;
    expect(wait).toMatchObject({ exchanges: 1, ended: 1, aborted: 1 });
    expect(socket).toMatchObject({ connections: 1, openConnections: 0 });
  });
});

describe('what the browser fetches by itself', () => {
  const told = (destination: string, fromCache = false) => {
    const log = createLog(T0);
    const requestHeaders = [['Sec-Fetch-Dest', destination]] as const;
    apply(log, { kind: 'entry', entry: entryOf({ resourceType: 'other', requestHeaders, fromCache }), at: T0 + 10 });
    apply(log, { kind: 'tick', at: T0 + 10_000 });
    return log.channels.length;
  };

  it("is no channel when it is the page's icon, and one when a worker asked for data", () => {
    expect(told('image')).toBe(0);
    expect(told('', true)).toBe(0);
    expect(told('empty')).toBe(1);
  });
});
