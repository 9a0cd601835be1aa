import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/core/model.ts';
import { createExchangeStore } from '../../../src/core/store/exchanges.ts';
import { entryOf } from '../../support/timeline.ts';

const exchange = (id: number, body: string | null = null, channelId = 1): Exchange =>
  ({ id, channelId, startedAt: id, network: entryOf({ body }) }) as Exchange;

function filled(n: number, limits: { exchanges: number; bodies: number }, body = 'x'.repeat(10)) {
  const store = createExchangeStore(limits);
  const added = Array.from({ length: n }, (_, i) => exchange(i + 1, body, 1 + (i % 3)));
  for (const each of added) {
    store.add(each);
    store.noteBody(each);
  }
  return { store, added };
}

const bodies = (exchanges: readonly Exchange[]) => exchanges.filter(({ network }) => network?.body !== null).length;

describe('the store of exchanges', () => {
  it('keeps the newest, of all and of each channel', () => {
    const { store } = filled(100, { exchanges: 30, bodies: 1e6 });
    expect(store.all.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, i) => 71 + i));
    for (const channelId of [1, 2, 3])
      expect(store.of(channelId)).toEqual(store.all.filter((each) => each.channelId === channelId));
    expect(store.dropped).toBe(70);
    expect(store.of(9)).toEqual([]);
  });

  it('keeps bodies up to its limit, the newest ones', () => {
    const { store } = filled(50, { exchanges: 100, bodies: 200 });
    expect(bodies(store.all)).toBe(20);
    expect(bodies(store.all.slice(-20))).toBe(20);
    expect(store.bodiesDropped).toBe(30);
  });

  it('counts no body of an exchange that it dropped against those it keeps', () => {
    const { store } = filled(500, { exchanges: 20, bodies: 200 });
    expect(bodies(store.all)).toBe(20);
    expect(store.bodiesDropped).toBe(0);
  });

  it('takes no body of an exchange that it dropped before', () => {
    const store = createExchangeStore({ exchanges: 2, bodies: 20 });
    const added = [1, 2, 3, 4].map((id) => exchange(id));
    for (const each of added) store.add(each);
    added[0]!.network = entryOf({ body: 'x'.repeat(20) });
    store.noteBody(added[0]!);
    added[3]!.network = entryOf({ body: 'x'.repeat(20) });
    store.noteBody(added[3]!);
    expect(added[3]!.network.body).not.toBeNull();
    expect(store.bodiesDropped).toBe(0);
  });

  it('gives one channel what was another’s, in order of start', () => {
    const { store } = filled(12, { exchanges: 9, bodies: 1e6 });
    store.move(2, 1);
    expect(store.of(1).map(({ id }) => id)).toEqual([4, 5, 7, 8, 10, 11]);
    expect(store.of(2)).toEqual([]);
  });
});
