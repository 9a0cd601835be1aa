import { describe, expect, it } from 'vitest';
import { readBatch } from '../../../src/panel/source/read-batch.ts';
import {
  BATCH_EVENTS,
  isBatch,
  MAX_BATCH_CHARS,
  MAX_CONTENT,
  PROTOCOL_VERSION,
  type WireEvent,
} from '../../../src/protocol.ts';

const batch = (events: unknown[], more = {}) => ({
  v: PROTOCOL_VERSION,
  wallAt: 1e12,
  monoAt: 5,
  base: 'https://a.test/',
  dropped: 0,
  events,
  bytes: null as Uint8Array | null,
  ...more,
});
const chunk: WireEvent = ['chunk', 1, 2, 3, null];
const eventsOf = (raw: unknown) => readBatch(raw)!.batch.events;

describe('a batch from a page', () => {
  it('is taken when it follows the protocol', () => {
    const raw = batch([
      ['message', 4, 2.5, 'received', 'text', 'text', 'hi', null, null, '7'],
      ['close', 4, 3, null, '', false],
    ]);
    expect(readBatch(raw)).toEqual({
      batch: {
        v: PROTOCOL_VERSION,
        wallAt: 1e12,
        monoAt: 5,
        base: 'https://a.test/',
        dropped: 0,
        events: [
          {
            kind: 'message',
            id: 4,
            at: 2.5,
            direction: 'received',
            type: 'text',
            payloadBytes: 'text',
            text: 'hi',
            bytes: null,
            contentId: null,
            lastEventId: '7',
          },
          { kind: 'close', id: 4, at: 3, code: null, reason: '', wasClean: false },
        ],
      },
      rejected: 0,
    });
    expect(isBatch(raw)).toBe(true);
  });

  it('is refused whole when its frame is not ours', () => {
    for (const raw of [
      null,
      7,
      'x',
      [],
      {},
      batch([], { v: PROTOCOL_VERSION + 1 }),
      batch([], { wallAt: 'now' }),
      batch([], { dropped: -1 }),
      batch([], { events: 'x' }),
      batch([], { bytes: [1] }),
      batch(Array(BATCH_EVENTS + 1).fill(chunk)),
    ]) {
      expect(readBatch(raw)).toBeNull();
    }
  });

  it('loses only the events that are not of the protocol, and counts them', () => {
    const forged = [
      ['chunk', 1, 2, -1, null],
      ['chunk', 1, Number.NaN, 3, null],
      ['chunk', 1, 2, 3],
      ['chunk', 1, 2, 3, null, 'more'],
      ['constructor', 1, 2],
      ['__proto__', 1, 2],
      ['evil', 1, 2],
      ['close', 1, 1, '1000', '', true],
      ['connect', 1, 1, 'websocket', 'x'.repeat(100_000), null],
      ['open', 1, 1, { toString: 'x' }, ''],
      { ...chunk },
      null,
    ];
    expect(readBatch(batch([chunk, ...forged, chunk]))).toMatchObject({
      batch: { events: Array(2).fill({ kind: 'chunk', id: 1, at: 2, bytes: 3, text: null }) },
      rejected: forged.length,
    });
  });
});

describe('binary content', () => {
  const message = (bytes: number | null, id = 1): WireEvent => [
    'message',
    id,
    1,
    'sent',
    'binary',
    9,
    null,
    bytes,
    null,
    '',
  ];

  it('is handed out in the order of the events, as copies', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const events = eventsOf(batch([message(2), ['chunk', 2, 1, 9, 3], ['content', 3, 1, 8, 1]], { bytes }));
    bytes.fill(0);
    expect(events).toMatchObject([
      { bytes: Uint8Array.of(1, 2) },
      { text: Uint8Array.of(3, 4, 5) },
      { contentId: 8, bytes: Uint8Array.of(6) },
    ]);
  });

  it('of an event that is left out is left out as well', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const forged = ['message', 1, 1, 'sideways', 'binary', 9, null, 2, null, ''];
    expect(eventsOf(batch([forged, message(1)], { bytes }))).toMatchObject([{ bytes: Uint8Array.of(3) }]);
  });

  it('that is claimed and not there makes the event invalid', () => {
    for (const claimed of [4, 1.5, -1, Number.NaN, Infinity])
      expect(eventsOf(batch([message(claimed)], { bytes: Uint8Array.of(1, 2, 3) }))).toEqual([]);
    expect(eventsOf(batch([message(1)]))).toEqual([]);
    expect(eventsOf(batch([message(null)]))).toHaveLength(1);
    expect(eventsOf(batch([message(0)]))).toMatchObject([{ bytes: new Uint8Array(0) }]);
  });
});

describe('the size of a batch', () => {
  const text = (chars: number): WireEvent => [
    'message',
    1,
    1,
    'sent',
    'text',
    'text',
    'x'.repeat(chars),
    null,
    null,
    '',
  ];

  it('is capped: what goes beyond is left out', () => {
    const full = Math.floor(MAX_BATCH_CHARS / (MAX_CONTENT + 20));
    const events = Array(full + 3).fill(text(MAX_CONTENT));
    expect(readBatch(batch(events))).toMatchObject({ rejected: 3 });
    expect(isBatch(batch(events))).toBe(false);
    expect(isBatch(batch(events.slice(0, full)))).toBe(true);
    expect(readBatch(batch([chunk], { bytes: new Uint8Array(MAX_BATCH_CHARS + 1) }))).toBeNull();
  });

  it('counts one text, too', () => {
    expect(readBatch(batch([text(MAX_CONTENT + 1), text(MAX_CONTENT)]))).toMatchObject({ rejected: 1 });
  });

  it('cannot be hidden from the relay in an object', () => {
    expect(isBatch(batch([['open', 1, 1, { huge: 'x' }, '']]))).toBe(false);
    expect(isBatch(batch([{ huge: 'x' }]))).toBe(false);
    expect(isBatch(batch([Array(1000).fill(1)]))).toBe(false);
  });
});
