import { describe, expect, it } from 'vitest';
import { apply, clearLog } from '../../src/core/log.ts';
import { reportChannel } from '../../src/core/session/report.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import type { PageEvent } from '../../src/protocol.ts';
import { batch, entryOf, T0 } from '../support/timeline.ts';

const URL = 'https://app.test/events';
const message = (at: number, text: string, lastEventId = ''): PageEvent => ({
  kind: 'message',
  id: 1,
  at,
  direction: 'received',
  type: 'message',
  payloadBytes: text.length,
  text,
  bytes: null,
  contentId: null,
  lastEventId,
});

function told(...events: PageEvent[]): Log {
  const log = createLog(T0);
  for (const event of events) apply(log, batch(event));
  return log;
}
const only = (log: Log) => reportChannel(log, log.channels[0]!);

describe('an EventSource', () => {
  it('is one channel with its reconnects', () => {
    const report = only(
      told(
        { kind: 'connect', id: 1, at: 0, api: 'event-source', url: URL, stack: null },
        { kind: 'open', id: 1, at: 10, protocol: '', extensions: '' },
        message(20, 'a', '1'),
        { kind: 'reconnecting', id: 1, at: 30 },
        { kind: 'open', id: 1, at: 3030, protocol: '', extensions: '' },
        message(3040, 'b', '2'),
        { kind: 'close', id: 1, at: 4000, code: null, reason: '', wasClean: true },
      ),
    );
    expect(report).toMatchObject({
      transport: 'sse',
      connections: 2,
      reconnects: 1,
      openConnections: 0,
      messages: { received: 2, sent: 0 },
      reported: { exchanges: 0, of: 2 },
    });
  });

  it('that the page closes before the browser tries again made no further attempt, and one that is refused did', () => {
    const dropped: PageEvent[] = [
      { kind: 'connect', id: 1, at: 0, api: 'event-source', url: URL, stack: null },
      { kind: 'open', id: 1, at: 10, protocol: '', extensions: '' },
      { kind: 'reconnecting', id: 1, at: 30 },
    ];
    const close = (at: number, wasClean: boolean): PageEvent => ({
      kind: 'close',
      id: 1,
      at,
      code: null,
      reason: '',
      wasClean,
    });
    expect(only(told(...dropped, close(31, true)))).toMatchObject({ requests: 1, reconnects: 0 });
    expect(only(told(...dropped, close(3050, false)))).toMatchObject({ requests: 2, reconnects: 1 });
  });

  it('beside others that were opened with it is no reconnect', () => {
    const connect = (id: number): PageEvent => ({
      kind: 'connect',
      id,
      at: id,
      api: 'event-source',
      url: URL,
      stack: null,
    });
    const open = (id: number): PageEvent => ({ kind: 'open', id, at: 10 + id, protocol: '', extensions: '' });
    expect(only(told(connect(1), connect(2), connect(3), open(1), open(2), open(3)))).toMatchObject({
      requests: 3,
      reconnects: 0,
    });
  });

  it('frames an id only where the event brought one', () => {
    const report = only(
      told(
        { kind: 'connect', id: 1, at: 0, api: 'event-source', url: URL, stack: null },
        message(20, 'a', '7'),
        message(30, 'b', '7'),
      ),
    );
    expect(report.bytes.framing.value).toBe('id: 7\ndata: \n\n'.length + 'data: \n\n'.length);
    expect(report.bytes.payloadReceived).toMatchObject({ value: 2, provenance: 'measured' });
  });
});

describe('clearing', () => {
  it('forgets the past of a stream and keeps its future', () => {
    const before = told(
      { kind: 'connect', id: 1, at: 0, api: 'event-source', url: URL, stack: null },
      { kind: 'open', id: 1, at: 10, protocol: '', extensions: '' },
      message(20, 'a', '1'),
    );
    const after = clearLog(before, T0 + 100);
    apply(after, batch(message(200, 'b', '2')));
    expect(only(after)).toMatchObject({
      transport: 'sse',
      openConnections: 1,
      reconnects: 0,
      messages: { received: 1 },
    });
    apply(after, batch({ kind: 'close', id: 1, at: 300, code: null, reason: '', wasClean: true }));
    expect(clearLog(after, T0 + 400).channels).toEqual([]);
  });
});

describe('a WebSocket', () => {
  const handshake = entryOf({ url: 'wss://app.test/ws', resourceType: 'websocket', status: 101, startedAt: T0 + 2 });

  it('that its page opens again is a reconnect; two side by side are none', () => {
    const open = (id: number, at: number): PageEvent[] => [
      { kind: 'connect', id, at, api: 'websocket', url: 'wss://app.test/ws', stack: null },
      { kind: 'open', id, at: at + 5, protocol: 'v1', extensions: '' },
    ];
    const close = (id: number, at: number): PageEvent => ({
      kind: 'close',
      id,
      at,
      code: 1006,
      reason: '',
      wasClean: false,
    });
    expect(only(told(...open(1, 0), close(1, 100), ...open(2, 200)))).toMatchObject({
      connections: 2,
      reconnects: 1,
      openConnections: 1,
    });
    expect(only(told(...open(1, 0), ...open(2, 1)))).toMatchObject({
      connections: 2,
      reconnects: 0,
      openConnections: 2,
    });
  });

  it('takes its handshake from the network log, whichever comes first', () => {
    const connect: PageEvent = {
      kind: 'connect',
      id: 1,
      at: 0,
      api: 'websocket',
      url: 'wss://app.test/ws',
      stack: null,
    };
    const late = told(connect);
    apply(late, { kind: 'entry', entry: handshake, at: T0 + 5000 });
    const early = createLog(T0);
    apply(early, { kind: 'entry', entry: handshake, at: T0 + 10 });
    apply(early, batch(connect));
    for (const log of [late, early]) {
      expect(only(log)).toMatchObject({ reported: { exchanges: 1, of: 1 }, bytes: { requestHeader: { value: 500 } } });
    }
  });

  it('has an unknown handshake, not one of 0 bytes, until it is reported', () => {
    const log = told({ kind: 'connect', id: 1, at: 0, api: 'websocket', url: 'wss://app.test/ws', stack: null });
    expect(only(log).bytes.requestHeader).toEqual({ value: null, provenance: 'unknown', plusMinus: null });
  });
});
