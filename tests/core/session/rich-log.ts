import { apply } from '../../../src/core/log.ts';
import type { NetworkEntry } from '../../../src/core/model.ts';
import type { Log } from '../../../src/core/state.ts';
import type { PageEvent } from '../../../src/protocol.ts';
import { type MessageEvent, messageEvent } from '../../support/message.ts';
import { batch, entryOf, ORIGIN, play, repeat, T0 } from '../../support/timeline.ts';

/** What a test may plant in a recording, to find it again in an export, or not. */
export interface Planted {
  query?: string;
  requestHeaders?: NetworkEntry['requestHeaders'];
  responseHeaders?: NetworkEntry['responseHeaders'];
  body?: string;
  message?: string;
  bytes?: Uint8Array;
  subprotocol?: string;
}

/** A recording with a bit of everything: polls, waste, an error, a socket with text and bytes, an event stream that reconnects. */
export function richLog(planted: Planted = {}): Log {
  const log = play(
    `${repeat(12, 1000, (i, at) => `${at}ms GET /news?room=1&since=${i} 200 ${i % 3 === 0 ? `{"n":${i},"at":${T0 + at - 40}}` : '[]'} 40ms`)}
     12000ms GET /news?room=1&since=12 500
     13000ms GET /news?room=1&since=13 aborted
     300ms POST /save 201 {"ok":true}`,
  );
  const events: PageEvent[] = [
    { kind: 'visibility', id: 0, at: 1, state: 'visible' },
    { kind: 'visibility', id: 0, at: 6000, state: 'hidden' },
    {
      kind: 'connect',
      id: 900,
      at: 100,
      api: 'websocket',
      url: `wss://app.test/live${planted.query ?? ''}`,
      stack: null,
    },
    { kind: 'open', id: 900, at: 130, protocol: planted.subprotocol ?? 'chat.v1', extensions: '' },
    message(900, 200, 'sent', planted.message ?? '{"hello":"world"}'),
    message(900, 250, 'received', `{"ts":${T0 + 230},"text":"안녕"}`),
    {
      ...message(900, 300, 'received', null),
      type: 'binary',
      payloadBytes: 300,
      bytes: planted.bytes ?? new Uint8Array([0, 127, 128, 255]),
    },
    { kind: 'connect', id: 901, at: 400, api: 'event-source', url: `${ORIGIN}/stream`, stack: 'at app.js:1' },
    { kind: 'open', id: 901, at: 410, protocol: '', extensions: '' },
    { ...message(901, 500, 'received', 'one\ntwo'), type: 'news', lastEventId: '7' },
    { kind: 'reconnecting', id: 901, at: 900 },
    { kind: 'open', id: 901, at: 1900, protocol: '', extensions: '' },
    { kind: 'close', id: 900, at: 2000, code: 1000, reason: 'bye', wasClean: true },
  ];
  for (const event of events) apply(log, batch(event));
  const headers = {
    requestHeaders: [['accept', '*/*'], ...(planted.requestHeaders ?? [])] as const,
    responseHeaders: [['content-type', 'application/json'], ...(planted.responseHeaders ?? [])] as const,
  };
  const entries: NetworkEntry[] = [
    entryOf({
      url: `wss://app.test/live${planted.query ?? ''}`,
      resourceType: 'websocket',
      responseBodyWireBytes: null,
      contentType: null,
      status: 101,
      startedAt: T0 + 100,
      endedAt: T0 + 2000,
      ...headers,
    }),
    entryOf({
      url: `${ORIGIN}/worker${planted.query ?? ''}`,
      startedAt: T0 + 3000,
      endedAt: T0 + 3010,
      body: planted.body ?? '{"a":1}',
      contentBytes: 7,
      responseBodyWireBytes: 12,
      ...headers,
    }),
  ];
  for (const entry of entries) apply(log, { kind: 'entry', entry, at: entry.endedAt + 5 });
  apply(log, { kind: 'finish', at: T0 + 30_000 });
  return log;
}

const message = (id: number, at: number, direction: 'sent' | 'received', text: string | null): MessageEvent =>
  messageEvent(id, at, text, { direction });
