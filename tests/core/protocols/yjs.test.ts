import { describe, expect, it } from 'vitest';
import { recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { yjs } from '../../../src/core/protocols/yjs.ts';
import { bytes, received, SOMEWHERE } from './reading.ts';

const STATE = '{"user":{"name":"Ann"}}';
/** One client (id 300) with clock 5 and a state. */
const CLIENTS = bytes(1, 0xac, 0x02, 5, STATE.length, STATE);
const AWARENESS = bytes(1, CLIENTS.length, CLIENTS);
/** Sync step 1 of a document that one client (300) wrote 7 characters of. */
const STEP_1 = bytes(0, 0, 4, 1, 0xac, 0x02, 7);

describe('Yjs', () => {
  it.each([
    ['a state vector', STEP_1, true],
    ['an awareness of somebody', AWARENESS, true],
    ['an empty state vector, which could be anything', bytes(0, 0, 1, 0), false],
    ['a length that does not fit', bytes(0, 0, 5, 1, 0xac, 0x02, 7), false],
    ['an awareness that is no JSON', bytes(1, 7, 1, 3, 5, 3, 'abc'), false],
    ['nothing', bytes(), false],
  ])('is known by %s: %s', (_what, payload, known) =>
    expect(recogniseByPayload(payload, 'received', SOMEWHERE) === yjs).toBe(known),
  );

  it('labels its messages', () => {
    expect(received(yjs, STEP_1)).toEqual(['control sync-step-1']);
    expect(received(yjs, bytes(0, 1, 2, 0, 0))).toEqual(['control sync-step-2']);
    expect(received(yjs, bytes(0, 1, 5, 1, 2, 3, 4, 5))).toEqual(['data sync-step-2']);
    expect(received(yjs, bytes(0, 2, 5, 1, 2, 3, 4, 5))).toEqual(['data update']);
    expect(received(yjs, AWARENESS)).toEqual(['data awareness']);
    expect(received(yjs, bytes(2, 0, 6, 'denied'))).toEqual(['control auth']);
    expect(received(yjs, bytes(3))).toEqual(['control query-awareness']);
    expect(received(yjs, bytes(9))).toEqual([]);
    expect(received(yjs, 'ping')).toEqual([]);
  });

  it('tells who is there', () => {
    expect(yjs.decode(AWARENESS, 'received', SOMEWHERE)[0]?.detail).toEqual([
      { client: 300, clock: 5, state: { user: { name: 'Ann' } } },
    ]);
  });
});
