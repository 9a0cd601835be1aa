/** Ascending instants, read by position. */
export interface Instants {
  readonly length: number;
  timeAt(i: number): number;
}

/** The first position whose time is not before `at`; `length` when there is none. */
export function lowerBound({ length, timeAt }: Instants, at: number, from = 0): number {
  let low = from;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeAt(middle) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Likewise, but quick when the answer lies near `from`: doubles its steps. */
function gallop(instants: Instants, at: number, from: number): number {
  let step = 1;
  let low = from;
  while (low + step < instants.length && instants.timeAt(low + step) < at) {
    low += step;
    step *= 2;
  }
  return lowerBound({ length: Math.min(low + step + 1, instants.length), timeAt: instants.timeAt }, at, low);
}

/**
 * Calls back for each of `bins` equal parts of `from` to `to` (itself not included) that is not empty, with the positions `first` to `end - 1` in it.
 * Costs a constant for each bin that is not empty, times the logarithm of what is in it: not the number of instants.
 */
export function eachBin(
  instants: Instants,
  { from, to }: { from: number; to: number },
  bins: number,
  visit: (bin: number, first: number, end: number) => void,
): void {
  const width = (to - from) / bins;
  let i = lowerBound(instants, from);
  while (i < instants.length) {
    const at = instants.timeAt(i);
    if (at >= to) return;
    const bin = Math.min(Math.floor((at - from) / width), bins - 1);
    const end = Math.max(gallop(instants, from + (bin + 1) * width, i), i + 1);
    visit(bin, i, end);
    i = end;
  }
}
