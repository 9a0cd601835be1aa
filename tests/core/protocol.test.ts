import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION, readBatch } from '../../src/protocol.ts';

const batch = (events: unknown[], more = {}) => ({
  v: PROTOCOL_VERSION,
  wallAt: 1e12,
  monoAt: 5,
  base: 'https://a.test/',
  dropped: 0,
  events,
  ...more,
});
const chunk = { kind: 'chunk', id: 1, at: 2, bytes: 3, text: null };

describe('a batch from a page', () => {
  it('is taken when it follows the protocol', () => {
    expect(readBatch(batch([chunk]))).toEqual({ batch: batch([chunk]), rejected: 0 });
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
      { ...batch([]), events: 'x' },
    ]) {
      expect(readBatch(raw)).toBeNull();
    }
  });

  it('loses only the events that are not, and counts them', () => {
    const forged = [
      { ...chunk, bytes: -1 },
      { ...chunk, at: Number.NaN },
      { ...chunk, kind: 'constructor' },
      { ...chunk, kind: 'evil' },
      { kind: 'close', id: 1, at: 1, code: '1000', reason: '', wasClean: true },
      { kind: 'connect', id: 1, at: 1, api: 'websocket', url: 'x'.repeat(100_000) },
      null,
    ];
    expect(readBatch(batch([chunk, ...forged]))).toMatchObject({ batch: { events: [chunk] }, rejected: forged.length });
  });
});
