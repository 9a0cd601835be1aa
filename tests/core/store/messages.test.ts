import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../../../src/core/store/messages.ts';
import { createSequence } from '../../../src/core/store/sequence.ts';

const message = (channelId: number, at: number, content: string | Uint8Array | null = `${at}`) => ({
  channelId,
  carrierId: 7,
  at,
  direction: at % 2 === 0 ? ('sent' as const) : ('received' as const),
  type: at % 3 === 0 ? 'text' : 'update',
  payloadBytes: at === 5 ? null : at,
  content,
  lastEventId: at % 4 === 0 ? `id${at}` : '',
});

describe('a store of messages', () => {
  it('gives back what it was given', () => {
    const store = createMessageStore();
    for (let at = 0; at < 10_000; at++) store.add(message(at % 3, at));
    for (const seq of [0, 1, 5, 4095, 4096, 9999]) expect(store.get(seq)).toEqual({ seq, ...message(seq % 3, seq) });
    expect(store.get(10_000)).toBeNull();
    expect(store.of(1).length).toBe(3333);
    expect([0, 1, 3332].map((i) => store.of(1).at(i))).toEqual([1, 4, 9997]);
  });

  it('drops the oldest beyond its limit of messages, and says how many', () => {
    const store = createMessageStore({ messages: 10_000, content: Infinity });
    for (let at = 0; at < 30_000; at++) store.add(message(1, at));
    const kept = store.next - store.first;
    expect(kept).toBeLessThanOrEqual(10_000);
    expect(kept).toBeGreaterThan(10_000 - 4096);
    expect(store.get(store.first - 1)).toBeNull();
    expect(store.get(store.first)).toMatchObject({ at: store.first });
    expect(store.of(1).length).toBe(kept);
    expect(store.of(1).at(0)).toBe(store.first);
  });

  it('drops the oldest beyond its limit of content', () => {
    const store = createMessageStore({ messages: Infinity, content: 100_000 });
    for (let at = 0; at < 20_000; at++) store.add(message(1, at, 'x'.repeat(20)));
    expect(store.contentSize).toBeLessThanOrEqual(100_000);
    expect(store.first).toBeGreaterThan(0);
  });

  it('takes content that comes later, and keeps binary as it is', () => {
    const store = createMessageStore();
    const seq = store.add(message(1, 1, null));
    const bytes = new Uint8Array([0, 255, 128]);
    store.setContent(seq, bytes);
    expect(store.get(seq)!.content).toBe(bytes);
    expect(store.contentSize).toBe(3);
  });

  it('hands the messages of one channel to another in their order', () => {
    const store = createMessageStore();
    for (let at = 0; at < 6; at++) store.add(message(1 + (at % 2), at));
    store.move(2, 1);
    expect(store.of(1).toArray()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(store.get(1)!.channelId).toBe(1);
    expect(store.of(2).length).toBe(0);
  });
});

it('a sequence keeps its order while it grows and its oldest go', () => {
  const sequence = createSequence();
  for (let i = 0; i < 1000; i++) {
    sequence.push(2 * i);
    if (i % 3 === 0) sequence.dropBefore(i);
  }
  expect(sequence.at(0)).toBe(1000);
  expect(sequence.at(sequence.length - 1)).toBe(1998);
  expect(sequence.length).toBe(500);
});
