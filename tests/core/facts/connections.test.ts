import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/core/facts/facts-of.ts';
import { apply } from '../../../src/core/log.ts';
import { fromSession } from '../../../src/core/session/read.ts';
import { toSession } from '../../../src/core/session/write.ts';
import type { ChannelFacts } from '../../../src/core/simulate/facts.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import type { Direction, PageEvent } from '../../../src/protocol.ts';
import { batch, entryOf, ORIGIN, T0 } from '../../support/timeline.ts';

const SSE_URL = `${ORIGIN}/news`;
const SOCKET_URL = 'wss://app.test/socket';

function logOf(events: PageEvent[]): Log {
  const log = createLog(T0);
  apply(log, {
    kind: 'document',
    document: { key: 'document-1', frameId: 0, url: `${ORIGIN}/` },
    at: T0,
  });
  for (const event of events) apply(log, batch(event));
  return log;
}

const connect = (api: 'event-source' | 'websocket', url: string): PageEvent =>
  ({ kind: 'connect', id: 1, at: 0, api, url, stack: null }) as PageEvent;
const open = (at: number): PageEvent => ({ kind: 'open', id: 1, at, protocol: '', extensions: '' }) as PageEvent;
const reconnecting = (at: number): PageEvent => ({ kind: 'reconnecting', id: 1, at }) as PageEvent;
const message = (
  at: number,
  text: string,
  { direction = 'received' as Direction, type = 'message', lastEventId = '' } = {},
): PageEvent =>
  ({
    kind: 'message',
    id: 1,
    at,
    direction,
    type,
    payloadBytes: text.length,
    text,
    bytes: null,
    contentId: null,
    lastEventId,
  }) as PageEvent;

const only = (log: Log): ChannelFacts => {
  const { channels } = factsOf(log);
  expect(channels).toHaveLength(1);
  return channels[0]!;
};

describe('an EventSource that reconnects', () => {
  const log = () => {
    const made = logOf([
      connect('event-source', SSE_URL),
      open(50),
      message(1000, `{"at":${T0 + 990}}`, { lastEventId: '7' }),
      reconnecting(2000),
      open(5000),
      message(5010, `{"at":${T0 + 3000}}`, { lastEventId: '8' }),
    ]);
    const head = { url: SSE_URL, resourceType: 'eventsource', contentType: 'text/event-stream' };
    apply(made, {
      kind: 'entry',
      entry: entryOf({ ...head, startedAt: T0 + 2, endedAt: T0 + 2000, body: 'retry: 3000\n\nid: 7\ndata: x\n\n' }),
      at: T0 + 2010,
    });
    return made;
  };

  it('has a connection for each time it opened', () => {
    expect(only(log()).connections).toMatchObject([
      {
        startedAt: T0,
        openedAt: T0 + 50,
        closedAt: T0 + 2000,
        lastEventId: '',
        retryMs: 3000,
        requestHeaderBytes: 500,
      },
      { openedAt: T0 + 5000, closedAt: null, lastEventId: '7', retryMs: null, requestHeaderBytes: null },
    ]);
  });

  it('shows how long the browser was asked to wait, where nobody heard it', () => {
    const { connections } = only(
      logOf([connect('event-source', SSE_URL), open(50), reconnecting(2000), open(2400), reconnecting(3000)]),
    );
    expect(connections.map(({ retryMs }) => retryMs)).toEqual([400, null]);
  });

  it('gives each message to the connection that brought it', () => {
    const { connections, messages } = only(log());
    expect(messages.map(({ connectionId }) => connectionId)).toEqual(connections.map(({ id }) => id));
    expect(messages[0]).toMatchObject({
      role: 'data',
      items: [{ stamp: T0 + 990, payloadBytes: `{"at":${T0 + 990}}`.length }],
      // `id: 7`, `data: ` and the empty line
      framingBytes: 'id: 7\ndata: \n\n'.length,
    });
  });

  it('is the same after the recording was saved and read', () => {
    const made = log();
    const read = fromSession(JSON.parse(JSON.stringify(toSession(made, '1', { raw: true }))));
    expect(factsOf(read)).toEqual(factsOf(made));
  });
});

describe('an EventSource that never opens', () => {
  it('has one connection that never opened', () => {
    expect(only(logOf([connect('event-source', SSE_URL)])).connections).toMatchObject([
      { startedAt: T0, openedAt: null, closedAt: null },
    ]);
  });
});

describe('a WebSocket', () => {
  const socket = (...events: PageEvent[]) => only(logOf([connect('websocket', SOCKET_URL), open(40), ...events]));
  const text = { type: 'text' };

  it('tells heartbeats from data, and counts frame headers with their masks', () => {
    const { messages } = socket(
      message(100, 'ping', { ...text, direction: 'sent' }),
      message(110, 'pong', text),
      message(200, 'x'.repeat(200), text),
    );
    expect(messages.map(({ role, framingBytes }) => [role, framingBytes])).toEqual([
      ['heartbeat', 6],
      ['heartbeat', 2],
      ['data', 4],
    ]);
  });

  it('says what repeats, and what repeats but for the time', () => {
    const { messages } = socket(
      message(100, '{"n":1,"now":1}', text),
      message(200, '{"n":1,"now":1}', text),
      message(300, '{"n":1,"now":2}', text),
      message(400, '{"n":2,"now":3}', text),
    );
    expect(messages.map(({ repeats }) => repeats)).toEqual([null, 'identical', 'volatile-only', null]);
  });

  it('finds the id that a reply shares with its question', () => {
    const { messages } = socket(
      message(100, '{"jsonrpc":"2.0","id":5,"method":"get"}', { ...text, direction: 'sent' }),
      message(130, '{"jsonrpc":"2.0","id":5,"result":1}', text),
    );
    expect(messages[0]!.correlation).not.toBeNull();
    expect(messages[1]!.correlation).toBe(messages[0]!.correlation);
  });
});

describe('a document', () => {
  it('was hidden from when it was hidden until it was shown, or until now', () => {
    const visibility = (at: number, state: 'visible' | 'hidden'): PageEvent =>
      ({ kind: 'visibility', id: 0, at, state }) as PageEvent;
    const log = logOf([
      visibility(0, 'visible'),
      visibility(1000, 'hidden'),
      visibility(3000, 'visible'),
      visibility(4000, 'hidden'),
    ]);
    apply(log, { kind: 'tick', at: T0 + 5000 });
    expect(factsOf(log).documents).toMatchObject([
      {
        hidden: [
          { from: T0 + 1000, to: T0 + 3000 },
          { from: T0 + 4000, to: T0 + 5000 },
        ],
      },
    ]);
  });
});

describe('a WebSocket whose network takes less than the page gives', () => {
  const buffered = (at: number, bytes: number): PageEvent => ({ kind: 'buffered', id: 1, at, bytes });

  it('has every peak that was higher than the one before, also in a session that is opened again', () => {
    const log = logOf([
      connect('websocket', SOCKET_URL),
      open(10),
      buffered(1000, 70_000),
      buffered(1500, 70_000),
      buffered(2500, 140_000),
    ]);
    const peaks = [
      { at: T0 + 1000, bytes: 70_000 },
      { at: T0 + 2500, bytes: 140_000 },
    ];
    expect(only(log).connections[0]!.bufferedPeaks).toEqual(peaks);
    const again = fromSession(JSON.parse(JSON.stringify(toSession(log, '1.0'))));
    expect(only(again).connections[0]!.bufferedPeaks).toEqual(peaks);
  });

  it('keeps the newest of those that no socket would have', () => {
    const log = logOf([connect('websocket', SOCKET_URL), open(10)]);
    for (let i = 1; i <= 100; i++) apply(log, batch(buffered(i, i)));
    const peaks = only(log).connections[0]!.bufferedPeaks;
    expect(peaks.length).toBeLessThan(100);
    expect(peaks.at(-1)).toEqual({ at: T0 + 100, bytes: 100 });
  });
});
