import { describe, expect, it } from 'vitest';
import { complete, suggest } from '../../../src/core/filter/suggest.ts';

const KNOWN = { domain: ['api.test', 'live.test'], event: ['price tick'], transport: ['sse', 'websocket'] };
const texts = (text: string, caret = text.length) => suggest(text, caret, KNOWN).items.map((item) => item.text);
/** The filter after taking the suggestion `nth`, `|` where the caret is. */
const taken = (text: string, nth = 0, caret = text.length) => {
  const suggestions = suggest(text, caret, KNOWN);
  const result = complete(text, suggestions, suggestions.items[nth]!);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
};

describe('suggested are', () => {
  it('all keys where nothing is typed', () => {
    expect(texts('')).toContain('transport:');
    expect(texts('foo ')).toContain('wasted:');
  });

  it.each([
    ['tr', ['transport:']],
    ['-tr', ['transport:']],
    ['TR', ['transport:']],
    ['s', ['scheme:', 'status-code:']],
    ['xyz', []],
    ['transport:', ['transport:sse', 'transport:websocket']],
    ['transport:web', ['transport:websocket']],
    ['domain:test', ['domain:api.test', 'domain:live.test']],
    ['domain:live', ['domain:live.test']],
    ['event:', ['event:"price tick"']],
    ['dir:', ['dir:sent', 'dir:received']],
    ['dir:sent', []],
    ['url:/a', []],
    ['"quoted', []],
  ])('%s', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it('values of the word at the caret, not of the last', () => {
    expect(texts('dir:s news', 5)).toEqual(['dir:sent']);
  });
});

describe('taking one', () => {
  it.each([
    ['tr', 'transport:|'],
    ['-tr', '-transport:|'],
    ['foo dir:r', 'foo dir:received |'],
    ['event:', 'event:"price tick" |'],
  ])('%s', (text, expected) => {
    expect(taken(text)).toBe(expected);
  });

  it('keeps what follows', () => {
    expect(taken('dir:s news', 0, 5)).toBe('dir:sent |news');
    expect(taken('tr news', 0, 2)).toBe('transport:| news');
  });
});
