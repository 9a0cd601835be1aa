import { describe, expect, it } from 'vitest';
import { visibleLine, visibleText } from '../../../src/core/inspect/visible-text.ts';

describe('what a reader could not see is written out', () => {
  it.each([
    ['user\u202Egnp.exe', 'user\\u202egnp.exe'],
    ['a\u2066b\u2069', 'a\\u2066b\\u2069'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['\u0000\u001b[31m', '\\u0000\\u001b[31m'],
    ['half \ud83d', 'half \\ud83d'],
    ['\ude00 half', '\\ude00 half'],
    ['tag\u{E0041}', 'tag\\u{e0041}'],
    ['\ufeffbom', '\\ufeffbom'],
    ['line\u2028end', 'line\\u2028end'],
  ])('%j', (text, expected) => {
    expect(visibleText(text)).toBe(expected);
  });

  it.each(['한국어', 'مرحبا', '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}', 'a\nb\tc', '<b>&amp;</b>'])(
    '%j stays',
    (text) => {
      expect(visibleText(text)).toBe(text);
    },
  );
});

describe('one line', () => {
  it('shows where lines end', () => {
    expect(visibleLine('a\r\nb\nc\td', 100)).toBe('a↵b↵c d');
  });

  it('cuts between characters, not through them', () => {
    expect(visibleLine('ab\u{1F600}cd', 3)).toBe('ab');
    expect(visibleLine('ab\u{1F600}cd', 4)).toBe('ab\u{1F600}');
  });

  it('of ten megabytes costs what its head costs', () => {
    const text = 'x'.repeat(10_000_000);
    const before = performance.now();
    for (let i = 0; i < 1000; i++) visibleLine(text, 200);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
