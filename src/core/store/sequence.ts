/** A growing list of ascending numbers from which the oldest are dropped. */
export interface Sequence {
  readonly length: number;
  /** The i-th kept, 0 being the oldest. */
  at(i: number): number;
  push(value: number): void;
  dropBefore(value: number): void;
  toArray(): number[];
}

const SMALLEST = 16;

/** Four bytes a number; doubles as it grows, and moves down once half of it is dropped. */
export function createSequence(): Sequence {
  let values = new Uint32Array(SMALLEST);
  let from = 0;
  let to = 0;
  return {
    get length() {
      return to - from;
    },
    at: (i) => values[from + i]!,
    push(value) {
      if (to === values.length) {
        const kept = values.subarray(from, to);
        const room = kept.length > values.length / 2 ? values.length * 2 : values.length;
        const grown = room === values.length ? values : new Uint32Array(room);
        grown.set(kept);
        values = grown;
        to -= from;
        from = 0;
      }
      values[to++] = value;
    },
    dropBefore(value) {
      while (from < to && values[from]! < value) from++;
    },
    toArray: () => Array.from(values.subarray(from, to)),
  };
}
