import type { Exchange } from '../model.ts';

/** One line of the message list: the number of a message in the recording, or an exchange. */
export type Row = number | Exchange;

/**
 * Rows in order of time, found from both ends: older ones as the past is searched, newer ones as they come. `at` and `length`
 * cost a constant. A row keeps its position while others come and go around it: position − `start` is its index.
 */
export interface RowList {
  readonly length: number;
  /** Position of the first row; falls as older rows are found, rises as the oldest are dropped. */
  readonly start: number;
  /** 0 is the oldest. */
  at(index: number): Row | undefined;
  addOlder(row: Row): void;
  addNewer(row: Row): void;
  /** Puts a late row where `isBefore` (true of rows that stay before it) says. */
  insert(row: Row, isBefore: (other: Row) => boolean): void;
  remove(row: Row): void;
  /** Takes away the oldest rows that are not kept, up to the first message that is. */
  dropOldest(isKept: (row: Row) => boolean): void;
  /** Index of a row; -1 when it is not listed. `near`: where it was last. */
  indexOf(row: Row, near?: number): number;
}

export function createRowList(): RowList {
  /** From `newer`'s beginning back in time, and on from there; what stands before `skipped` in `newer` is dropped. */
  const older: Row[] = [];
  let newer: Row[] = [];
  let skipped = 0;
  let start = 0;

  const length = () => older.length + newer.length - skipped;
  const at = (index: number): Row | undefined =>
    index < older.length ? older[older.length - 1 - index] : newer[skipped + index - older.length];

  function compact(): void {
    if (skipped < 10_000 || skipped * 2 < newer.length) return;
    newer = newer.slice(skipped);
    skipped = 0;
  }

  /** Takes the oldest row away. */
  function shift(): Row | undefined {
    if (length() === 0) return undefined;
    start++;
    return older.length > 0 ? older.pop() : newer[skipped++];
  }

  return {
    get length() {
      return length();
    },
    get start() {
      return start;
    },
    at,
    addOlder(row) {
      older.push(row);
      start--;
    },
    addNewer(row) {
      newer.push(row);
    },
    insert(row, isBefore) {
      let index = length();
      while (index > 0 && !isBefore(at(index - 1)!)) index--;
      if (index < older.length) {
        older.splice(older.length - index, 0, row);
        start--;
      } else newer.splice(skipped + index - older.length, 0, row);
    },
    remove(row) {
      const inOlder = older.lastIndexOf(row);
      if (inOlder >= 0) {
        older.splice(inOlder, 1);
        start++;
        return;
      }
      const index = newer.lastIndexOf(row);
      if (index >= skipped) newer.splice(index, 1);
    },
    dropOldest(isKept) {
      const spared: Row[] = [];
      for (let row = at(0); row !== undefined; row = at(0)) {
        const kept = isKept(row);
        if (kept && typeof row === 'number') break;
        shift();
        if (kept) spared.push(row);
      }
      for (const row of spared.reverse()) {
        older.push(row);
        start--;
      }
      compact();
    },
    indexOf(row, near = length() - 1) {
      const reach = Math.max(near, length() - near);
      for (let distance = 0; distance <= reach; distance++) {
        if (at(near - distance) === row) return near - distance;
        if (at(near + distance) === row) return near + distance;
      }
      return -1;
    },
  };
}
