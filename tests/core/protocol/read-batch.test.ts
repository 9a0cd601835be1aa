import { describe, expect, it } from 'vitest';
import { readBatch } from '../../../src/panel/source/read-batch.ts';
import {
  BATCH_EVENTS,
  isBatch,
  MAX_BATCH_CHARS,
  MAX_CONTENT,
  PROTOCOL_VERSION,
  WHOLE_TEXT,
  type WireBatch,
  type WireEvent,
  WORDS,
} from '../../../src/protocol.ts';
import { digits, wireBatch } from './wire.ts';

const chunk: WireEvent = ['chunk', 1, 2, 3, null, null];
const readChunk = { kind: 'chunk', id: 1, at: 2, bytes: 3, text: null };
const eventsOf = (raw: unknown) => readBatch(raw)!.batch.events;

describe('a batch from a page', () => {
  it('is taken when it follows the protocol', () => {
    const raw = wireBatch([
      ['message', 4, 2.5, 'received', 'text', WHOLE_TEXT, '안녕', null, null, '7'],
      ['close', 4, 3, null, '', false],
      ['open', 5, 3, '', '\ud83d'],
      ['visibility', 0, 0, '\ude00'],
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
            payloadBytes: WHOLE_TEXT,
            text: '안녕',
            bytes: null,
            contentId: null,
            lastEventId: '7',
          },
          { kind: 'close', id: 4, at: 3, code: null, reason: '', wasClean: false },
          { kind: 'open', id: 5, at: 3, protocol: '', extensions: '\ud83d' },
          { kind: 'visibility', id: 0, at: 0, state: '\ude00' },
        ],
      },
      rejected: 0,
    });
    expect(isBatch(raw)).toBe(true);
  });

  it('is refused whole when its frame is not ours', () => {
    const forged: Record<keyof WireBatch, unknown[]> = {
      v: [PROTOCOL_VERSION + 1, undefined, '2'],
      wallAt: ['now', Number.NaN, 1e16],
      monoAt: [null, Infinity, -1e13],
      base: [7, 'x'.repeat(100_000)],
      dropped: [-1, Number.NaN, Infinity],
      count: [-1, BATCH_EVENTS + 1, Number.NaN, 0.5, '1'],
      times: [[1, 2], new Float32Array(4), null, new Float64Array(BATCH_EVENTS + 1)],
      fields: [[1, 2], new Int8Array(4), null, new Uint8Array(1e6), new Uint8Array(new ArrayBuffer(1e6), 0, 4)],
      text: [7, null, 'x'.repeat(MAX_BATCH_CHARS + 1)],
      bytes: [undefined, [1], new Uint8Array(MAX_BATCH_CHARS + 1), new Uint8Array(new ArrayBuffer(1e7), 0, 4)],
    };
    for (const raw of [null, 7, 'x', [], {}]) expect(readBatch(raw)).toBeNull();
    const taken = Object.entries(forged).flatMap(([part, values]) =>
      values.flatMap((value, i) => (readBatch(wireBatch([chunk], { [part]: value })) === null ? [] : [`${part} ${i}`])),
    );
    expect(taken).toEqual([]);
  });

  it('loses only the events that are not of the protocol, and counts them', () => {
    const forged = [
      ['chunk', 1, 2, -1, null, null],
      ['chunk', 1, Infinity, 3, null, null],
      ['chunk', -1, 2, 3, null, null],
      ['close', 1, 1, 1000, '', 2],
      ['connect', 1, 1, 'telegraph', 'wss://a', null],
      ['connect', 1, 1, 'websocket', 'x'.repeat(100_000), null],
    ];
    expect(readBatch(wireBatch([chunk, ...forged, chunk]))).toMatchObject({
      batch: { events: [readChunk, readChunk] },
      rejected: forged.length,
    });
  });

  it.each(['constructor', '__proto__', 'evil', ''])('ends where an event is of no known kind (%j)', (kind) => {
    expect(readBatch(wireBatch([chunk, [kind, 1, 2], chunk]))).toMatchObject({
      batch: { events: [readChunk] },
      rejected: 2,
    });
  });

  it('ends where the fields or the texts do', () => {
    const raw = wireBatch([chunk, ['chunk', 1, 2, 3, 'text of it', null]]);
    expect(readBatch({ ...raw, fields: raw.fields.slice(0, -1) })).toMatchObject({
      batch: { events: [readChunk] },
      rejected: 1,
    });
    expect(readBatch({ ...raw, times: raw.times.slice(0, 1) })).toMatchObject({
      batch: { events: [readChunk] },
      rejected: 1,
    });
    expect(readBatch({ ...raw, text: 'text of i' })).toMatchObject({ batch: { events: [readChunk] }, rejected: 1 });
    expect(readBatch({ ...raw, count: 5 })).toMatchObject({ rejected: 3 });
  });

  it('has no field without an end, nor one of no meaning', () => {
    const word = 2 * WORDS.length + 2;
    const forged = [digits(word), digits(2 ** 53 - 1), digits(-1), digits(2 * 6 + 1)];
    for (const kind of forged) {
      const fields = Uint8Array.from([...kind, 3, 5, 0, 0]);
      expect(eventsOf({ ...wireBatch([chunk]), fields })).toEqual([]);
    }
  });
});

describe('binary content', () => {
  const message = (bytes: number | null): WireEvent => ['message', 1, 1, 'sent', 'binary', 9, null, bytes, null, ''];

  it('is handed out in the order of the events, as copies', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const events = eventsOf(wireBatch([message(2), ['chunk', 2, 1, 9, null, 3], ['content', 3, 1, 8, 1]], { bytes }));
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
    expect(eventsOf(wireBatch([forged, message(1)], { bytes }))).toMatchObject([{ bytes: Uint8Array.of(3) }]);
  });

  it('that is claimed and not there makes the event invalid', () => {
    for (const claimed of [4, 1.5, -1, Infinity])
      expect(eventsOf(wireBatch([message(claimed)], { bytes: Uint8Array.of(1, 2, 3) }))).toEqual([]);
    expect(eventsOf(wireBatch([message(1)]))).toEqual([]);
    expect(eventsOf(wireBatch([message(null)]))).toHaveLength(1);
    expect(eventsOf(wireBatch([message(0)]))).toMatchObject([{ bytes: new Uint8Array(0) }]);
  });
});

it('one text is taken up to its limit, and what follows it is read all the same', () => {
  const text = (chars: number): WireEvent => [
    'message',
    1,
    1,
    'sent',
    'text',
    WHOLE_TEXT,
    'x'.repeat(chars),
    null,
    null,
    '',
  ];
  const raw = wireBatch([text(MAX_CONTENT + 1), chunk, text(MAX_CONTENT)]);
  expect(readBatch(raw)).toMatchObject({ batch: { events: [readChunk, { kind: 'message' }] }, rejected: 1 });
});
