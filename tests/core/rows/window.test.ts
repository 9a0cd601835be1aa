import { describe, expect, it } from 'vitest';
import {
  heightPx,
  isReduced,
  lastTop,
  ROW_PX,
  revealed,
  rowAt,
  scrollTopOf,
  windowOf,
} from '../../../src/core/rows/window.ts';

const VIEW_PX = 400;
const short = { count: 100, viewPx: VIEW_PX };
const long = { count: 5_000_000, viewPx: VIEW_PX };

describe('a list', () => {
  it('draws what is seen and a few rows around it', () => {
    expect(windowOf(short, 0, 5)).toEqual({ from: 0, count: 25, topPx: 0 });
    expect(windowOf(short, 210, 5)).toEqual({ from: 5, count: 31, topPx: 100 });
    expect(windowOf(short, 1600, 5)).toEqual({ from: 75, count: 25, topPx: 1500 });
  });

  it('shorter than its box is drawn as a whole, without scrolling', () => {
    expect(windowOf({ count: 3, viewPx: VIEW_PX }, 0, 5)).toEqual({ from: 0, count: 3, topPx: 0 });
    expect(windowOf({ count: 0, viewPx: VIEW_PX }, 0, 5).count).toBe(0);
    expect(lastTop({ count: 3, viewPx: VIEW_PX })).toBe(0);
  });

  it('scrolls no further than needed to show a row', () => {
    expect(revealed(short, 10, 15)).toBe(10);
    expect(revealed(short, 10, 9)).toBe(9);
    expect(revealed(short, 10, 29)).toBe(10);
    expect(revealed(short, 10, 30)).toBe(11);
    expect(revealed(short, 0, 99)).toBe(lastTop(short));
  });
});

describe.each([
  ['short', short],
  ['too long to be laid out', long],
])('a list that is %s', (_length, extent) => {
  const maxScroll = heightPx(extent) - extent.viewPx;

  it('begins at the top and ends at the bottom', () => {
    expect(rowAt(extent, 0)).toBe(0);
    expect(rowAt(extent, maxScroll)).toBeCloseTo(extent.count - VIEW_PX / ROW_PX, 6);
    const { from, count, topPx } = windowOf(extent, maxScroll, 0);
    expect(from + count).toBe(extent.count);
    expect(topPx + count * ROW_PX).toBeCloseTo(heightPx(extent), 1);
  });

  it('shows the row it is scrolled to, all the way', () => {
    for (const share of [0, 0.1, 0.5, 0.999]) {
      const row = Math.floor((extent.count - 20) * share);
      expect(rowAt(extent, scrollTopOf(extent, row))).toBeCloseTo(row, 6);
    }
    expect(scrollTopOf(extent, extent.count)).toBeCloseTo(maxScroll, 6);
  });

  it('fills its box wherever it is', () => {
    for (const share of [0, 0.3, 0.77, 1]) {
      const scrollTop = maxScroll * share;
      const { topPx, count } = windowOf(extent, scrollTop, 0);
      expect(topPx).toBeLessThanOrEqual(scrollTop + 1e-6);
      expect(topPx + count * ROW_PX).toBeGreaterThanOrEqual(scrollTop + VIEW_PX - 1e-6);
    }
  });
});

it('lists of millions are reduced, those of thousands are not', () => {
  expect(isReduced(short)).toBe(false);
  expect(isReduced(long)).toBe(true);
  expect(heightPx(long)).toBeLessThan(2 ** 25);
});
