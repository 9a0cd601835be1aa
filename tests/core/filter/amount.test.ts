import { describe, expect, it } from 'vitest';
import { shareComparison, sizeOf, timeComparison } from '../../../src/core/filter/amount.ts';

describe('a time', () => {
  it.each([
    ['<2s', 1999, true],
    ['<2s', 2000, false],
    ['<=2s', 2000, true],
    ['>500ms', 501, true],
    ['>500', 500, false],
    ['>=1m', 60_000, true],
    ['5s', 5400, true],
    ['5s', 5600, false],
    ['=1.5s', 1500, true],
  ])('%s of %d ms: %s', (text, ms, holds) => {
    expect(timeComparison(text)!.holds(ms)).toBe(holds);
  });

  it.each(['', '<', 's', '<2x', '2s3', '2constructor', 'abc'])('%j is none', (text) => {
    expect(timeComparison(text)).toBeNull();
  });
});

describe('a share', () => {
  it.each([
    ['>50%', 0.51, true],
    ['>50%', 0.5, false],
    ['>=50', 0.5, true],
    ['100%', 1, true],
    ['0%', 0, true],
    ['0%', 0.01, false],
  ])('%s of %d: %s', (text, share, holds) => {
    expect(shareComparison(text)!.holds(share)).toBe(holds);
  });
});

describe('a size', () => {
  it.each([
    ['100', 100],
    ['10k', 10_000],
    ['1.5MB', 1_500_000],
    ['2b', 2],
    ['1constructor', null],
    ['k', null],
    ['', null],
  ])('%s', (text, bytes) => {
    expect(sizeOf(text)).toBe(bytes);
  });
});
