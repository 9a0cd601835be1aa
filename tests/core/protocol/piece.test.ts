import { expect, test } from 'vitest';
import { areOnePiece } from '../../../src/page/piece.ts';
import type { WireEvent } from '../../../src/protocol.ts';

const piece = (id: number, at: number, bytes: number, text: string | null, textBytes: number | null): WireEvent => [
  'chunk',
  id,
  at,
  bytes,
  text,
  textBytes,
];
const NEWEST = piece(1, 5.1, 100, null, null);

test.each([
  ['of one body at one tick of the clock', NEWEST, piece(1, 5.1, 50, null, null), true],
  ['both with text', piece(1, 5.1, 100, null, 100), piece(1, 5.1, 50, null, 50), true],
  ['of another body', NEWEST, piece(2, 5.1, 50, null, null), false],
  ['at the next tick', NEWEST, piece(1, 5.2, 50, null, null), false],
  ['with text after one without', NEWEST, piece(1, 5.1, 50, null, 50), false],
  ['without text after one with', piece(1, 5.1, 100, null, 100), piece(1, 5.1, 50, null, null), false],
  ['of nothing', NEWEST, piece(1, 5.1, 0, null, null), false],
  ['after one of nothing', piece(1, 5.1, 0, null, null), NEWEST, false],
  ['of an XMLHttpRequest, whose text is in the event', NEWEST, piece(1, 5.1, 50, 'text', null), false],
  ['that is an end', NEWEST, ['end', 1, 5.1, 'done', 100] as WireEvent, false],
])('a piece %s', (_what, newest, event, isOne) => {
  expect(areOnePiece(newest, event)).toBe(isOne);
});
