import { describe, expect, it } from 'vitest';
import { MAX_REGEX_CHARS, regexCost } from '../../../src/core/filter/safe-regex.ts';
import { textTest } from '../../../src/core/filter/text-test.ts';

const regex = (source: string, flags = '') => textTest({ kind: 'regex', source, flags, raw: `/${source}/${flags}` });

describe('an expression that may take time without end is known by its text', () => {
  it.each([
    '(a+)+$',
    '(a*)*b',
    '([a-z]+)*x',
    '(?:a+b?)+',
    '(a|a)*c',
    '(a|ab)+c',
    '(\\w|\\d)+x',
    '((a+)b)+',
    '(a{2,})+',
    '(.{1,99})+',
  ])('%s', (source) => {
    expect(regexCost(source).explosive).toBe(true);
  });

  it.each([
    'a+b+c',
    '(foo|bar)+',
    '(abc)+',
    '"price":\\s*\\d+',
    '[(a+)+]',
    '\\(a+\\)+',
    '(a+)b',
    '(a{1,3})+',
    'x(?=a+)',
    '(?<name>ab)*',
  ])('but not %s', (source) => {
    expect(regexCost(source).explosive).toBe(false);
  });

  it('looks at less of a text the more it repeats', () => {
    const chars = ['abc', 'a+bc', 'a+b+c', 'a+b+c+', 'a+b+c+d+'].map((source) => regexCost(source).maxChars);
    expect(chars).toEqual([65_536, 16_384, 4096, 1024, 1024]);
  });
});

describe('an expression', () => {
  it('is sought regardless of case, unless flags say otherwise', () => {
    expect(regex('Price').test('the price')).toBe(true);
    expect(regex('Price', 'u').test('the price')).toBe(false);
    expect(regex('Price', 'u').test('the Price')).toBe(true);
  });

  it.each([
    ['(', '', 'bad-regex'],
    ['a', 'ii', 'bad-regex'],
    ['(a+)+$', '', 'explosive-regex'],
    ['a'.repeat(MAX_REGEX_CHARS + 1), '', 'long-regex'],
  ])('that cannot be used is sought as text: /%s/%s', (source, flags, problem) => {
    const sought = regex(source, flags);
    expect(sought.problem).toBe(problem);
    expect(sought.test(`before /${source}/${flags} after`)).toBe(true);
    expect(sought.test('something else')).toBe(false);
  });

  it('of the longest length is taken as meant', () => {
    expect(regex('a'.repeat(MAX_REGEX_CHARS)).problem).toBeNull();
  });

  it('sees the head of a text only', () => {
    const { test, maxChars } = regex('x+y');
    expect(test(`${' '.repeat(maxChars - 2)}xy`)).toBe(true);
    expect(test(`${' '.repeat(maxChars - 1)}xy`)).toBe(false);
  });

  it('answers soon on text made to slow it down', () => {
    const { test, maxChars } = regex('a+b+c');
    const before = performance.now();
    expect(test('a'.repeat(maxChars * 2))).toBe(false);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('text', () => {
  it.each(['a.b', '[x]', '(', '\\d', 'a|b', '^$', '-', '/'])('%s stands for itself', (text) => {
    expect(textTest({ kind: 'text', text }).test(`<${text}>`)).toBe(true);
    expect(textTest({ kind: 'text', text }).test('none')).toBe(false);
  });

  it('is found regardless of case, in any script', () => {
    expect(textTest({ kind: 'text', text: 'ÄPFEL' }).test('zwei äpfel')).toBe(true);
    expect(textTest({ kind: 'text', text: '안녕' }).test('{"say":"안녕하세요"}')).toBe(true);
  });
});
