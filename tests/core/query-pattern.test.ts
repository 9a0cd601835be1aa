import { describe, expect, it } from 'vitest';
import { fitsPattern, patternOf } from '../../src/core/query-pattern.ts';

const BARE = 'https://app.test/news';
const fits = (sample: string, query: string): boolean =>
  fitsPattern(BARE + query, BARE.length, patternOf(BARE + sample, BARE.length)!);

describe('the pattern of a query', () => {
  it.each([
    ['', ''],
    ['?since=7', '?since=123'],
    ['?since=7', '?since='],
    ['?room=1&since=7', '?room=1&since=8'],
    ['?since=7&room=1', '?since=8&room=1'],
    ['?t=1&since=7', '?t=2&since=9'],
    ['?flag', '?flag'],
  ])('of %j fits %j, which asks for the same', (sample, query) => {
    expect(fits(sample, query)).toBe(true);
  });

  it.each([
    ['', '?room=1'],
    ['?room=1', ''],
    ['?room=1', '?room=12'],
    ['?room=1&since=7', '?room=2&since=7'],
    ['?since=7', '?since=7&room=1'],
    ['?since=7', '?sincere=7'],
    ['?since=7&room=1', '?since=7'],
    ['?flag', '?flags'],
    ['?flag', '?flag=1'],
    ['?since=7&room=1', '?since=7#&room=1'],
  ])('of %j does not fit %j', (sample, query) => {
    expect(fits(sample, query)).toBe(false);
  });

  it.each(['?q=0.8471234567', '?room=1#part'])('is none where %j must be taken apart', (query) => {
    expect(patternOf(BARE + query, BARE.length)).toBeNull();
  });
});
