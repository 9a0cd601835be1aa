/** Height of a row in CSS pixels. All rows are equally high, so that a row's place is a multiplication. */
export const ROW_PX = 20;

/**
 * Chromium lays out boxes of up to 2^25 pixels: one and a half million rows. Near that end it draws at even pixels only, which is
 * where rows begin. A longer list is scrolled on a reduced scale.
 */
const MAX_PX = 30_000_000;

/** A list of `count` rows in a box that shows `viewPx` of it. */
export interface Extent {
  count: number;
  viewPx: number;
}

const rowsSeen = ({ viewPx }: Extent): number => viewPx / ROW_PX;

/** Height of the whole list as it is laid out. */
export const heightPx = ({ count }: Extent): number => Math.min(count * ROW_PX, MAX_PX);

/** More rows than pixels to lay them out in. */
export const isReduced = ({ count }: Extent): boolean => count * ROW_PX > MAX_PX;

/** The row at the upper edge, with the part of it that is scrolled out: 3.5 is half past the fourth. */
export function rowAt(extent: Extent, scrollTop: number): number {
  const rows = isReduced(extent)
    ? (scrollTop / Math.max(heightPx(extent) - extent.viewPx, 1)) * (extent.count - rowsSeen(extent))
    : scrollTop / ROW_PX;
  return within(extent, rows);
}

/** Where to scroll so that `row` is at the upper edge. */
export function scrollTopOf(extent: Extent, row: number): number {
  const rows = within(extent, row);
  if (!isReduced(extent)) return rows * ROW_PX;
  return (rows / (extent.count - rowsSeen(extent))) * (heightPx(extent) - extent.viewPx);
}

/** The topmost row once the list is at its end. */
export const lastTop = (extent: Extent): number => Math.max(extent.count - rowsSeen(extent), 0);

const within = (extent: Extent, row: number): number => Math.min(Math.max(row, 0), lastTop(extent));

/** The topmost row after scrolling no further than needed to see `row` as a whole. */
export function revealed(extent: Extent, top: number, row: number): number {
  if (row < top) return row;
  const seen = rowsSeen(extent);
  return row + 1 > top + seen ? within(extent, row + 1 - seen) : top;
}

export interface Window {
  /** Index of the first row to draw, and how many. */
  from: number;
  count: number;
  /** Where the first one is drawn, in pixels from the top of the list. */
  topPx: number;
}

/** The rows to draw: those seen and `spare` more on either side, for the time until the next frame. */
export function windowOf(extent: Extent, scrollTop: number, spare: number): Window {
  const top = rowAt(extent, scrollTop);
  const from = Math.max(Math.floor(top) - spare, 0);
  const to = Math.min(Math.ceil(top + rowsSeen(extent)) + spare, extent.count);
  return { from, count: Math.max(to - from, 0), topPx: scrollTop - (top - from) * ROW_PX };
}
