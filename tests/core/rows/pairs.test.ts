import { describe, expect, it } from 'vitest';
import { createPairs } from '../../../src/core/rows/pairs.ts';

type Note = [correlation: string, direction: 'sent' | 'received', at: number];
const paired = (...notes: Note[]) => {
  const pairs = createPairs();
  for (const [correlation, direction, at] of notes) pairs.note(1, correlation, direction, at);
  return (...[correlation, direction, at]: Note) => pairs.latencyMs(1, correlation, direction, at);
};

const CALLS: Note[] = [
  ['7', 'sent', 100],
  ['7', 'received', 140],
  ['7', 'received', 900],
  ['<1', 'received', 200],
  ['<1', 'sent', 215],
  ['8', 'sent', 300],
];

describe.each([
  ['in order', CALLS],
  ['from the newest back', CALLS.toReversed()],
  ['told twice', [...CALLS, ...CALLS]],
])('calls and answers %s', (_order, notes) => {
  const latencyMs = paired(...notes);

  it('are paired from question to first answer', () => {
    expect(latencyMs('7', 'received', 140)).toBe(40);
    expect(latencyMs('7', 'received', 900)).toBeNull();
    expect(latencyMs('7', 'sent', 100)).toBeNull();
  });

  it('are paired the other way round where the server asks', () => {
    expect(latencyMs('<1', 'sent', 215)).toBe(15);
    expect(latencyMs('<1', 'received', 200)).toBeNull();
  });

  it('that were never seen have no latency', () => {
    expect(latencyMs('8', 'received', 310)).toBeNull();
    expect(latencyMs('9', 'received', 310)).toBeNull();
  });
});

it.each([false, true])(
  'numbers that begin anew after a reconnect belong to the latest question (reversed: %s)',
  (reversed) => {
    const notes: Note[] = [
      ['1', 'sent', 10],
      ['1', 'received', 15],
      ['1', 'sent', 1000],
      ['1', 'received', 1030],
    ];
    const latencyMs = paired(...(reversed ? notes.toReversed() : notes));
    expect(latencyMs('1', 'received', 15)).toBe(5);
    expect(latencyMs('1', 'received', 1030)).toBe(30);
  },
);

it('channels do not answer for one another', () => {
  const pairs = createPairs();
  pairs.note(1, '5', 'sent', 0);
  pairs.note(2, '5', 'received', 10);
  expect(pairs.latencyMs(2, '5', 'received', 10)).toBeNull();
});
