import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/core/model.ts';
import { createRowList, type Row, type RowList } from '../../../src/core/rows/row-list.ts';

const all = (list: RowList): Row[] => Array.from({ length: list.length }, (_, i) => list.at(i)!);
const exchange = (startedAt: number) => ({ startedAt }) as Exchange;

/** A list that holds 3, 4, 5 found going back and 6, 7 that came since. */
function filled(): RowList {
  const list = createRowList();
  for (const row of [5, 4, 3]) list.addOlder(row);
  for (const row of [6, 7]) list.addNewer(row);
  return list;
}

describe('rows', () => {
  it('stand in order of time from whichever end they were found', () => {
    expect(all(filled())).toEqual([3, 4, 5, 6, 7]);
    expect(filled().at(5)).toBeUndefined();
    expect(filled().at(-1)).toBeUndefined();
  });

  it('keep their position while older ones are found and the oldest dropped', () => {
    const list = filled();
    const positionOf = (row: Row) => list.start + list.indexOf(row);
    const before = positionOf(6);
    list.addOlder(2);
    expect(positionOf(6)).toBe(before);
    list.dropOldest((row) => typeof row === 'number' && row >= 5);
    expect(all(list)).toEqual([5, 6, 7]);
    expect(positionOf(6)).toBe(before);
    list.dropOldest((row) => typeof row === 'number' && row >= 7);
    expect(all(list)).toEqual([7]);
    list.addNewer(8);
    expect(positionOf(8)).toBe(before + 2);
  });

  it('can all be dropped, and come again', () => {
    const list = filled();
    list.dropOldest(() => false);
    expect(list.length).toBe(0);
    list.addNewer(9);
    list.addOlder(8);
    expect(all(list)).toEqual([8, 9]);
  });

  it('that are exchanges outlive the messages around them', () => {
    const list = createRowList();
    const kept = exchange(1);
    list.addOlder(3);
    list.addOlder(2);
    list.addOlder(kept);
    list.addOlder(1);
    list.dropOldest((row) => typeof row !== 'number' || row >= 3);
    expect(all(list)).toEqual([kept, 3]);
  });

  it('that come late find their place, and can be taken away', () => {
    const list = filled();
    const early = exchange(4.5);
    const late = exchange(6.5);
    const place = (row: Exchange) => (other: Row) =>
      (typeof other === 'number' ? other : other.startedAt) <= row.startedAt;
    list.insert(early, place(early));
    list.insert(late, place(late));
    expect(all(list)).toEqual([3, 4, early, 5, 6, late, 7]);
    list.remove(early);
    list.remove(late);
    expect(all(list)).toEqual([3, 4, 5, 6, 7]);
  });

  it('are found from wherever they were last', () => {
    const list = filled();
    for (const near of [-3, 0, 2, 4, 99]) expect(list.indexOf(6, near)).toBe(3);
    expect(list.indexOf(42)).toBe(-1);
    expect(createRowList().indexOf(1)).toBe(-1);
  });

  it('dropped by the hundred thousand take no room', () => {
    const list = createRowList();
    for (let row = 0; row < 200_000; row++) {
      list.addNewer(row);
      if (row % 1000 === 999) list.dropOldest((each) => typeof each === 'number' && each > row - 500);
    }
    expect(list.length).toBe(500);
    expect(list.start).toBe(199_500);
    expect(list.at(0)).toBe(199_500);
  });
});
