import { describe, expect, it } from 'vitest';
import { quote, tokenize } from '../../../src/core/filter/tokens.ts';

const KEYS = new Set(['dir', 'url', 'status-code']);
const read = (text: string) => tokenize(text, (name) => KEYS.has(name));
const words = (text: string) =>
  read(text).map(({ negated, key, value }) => {
    const shown = value.kind === 'text' ? value.text : `/${value.source}/${value.flags}`;
    return `${negated ? '-' : ''}${key === null ? '' : `${key}=`}${shown}`;
  });

describe('a filter is taken apart', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['price tick', ['price', 'tick']],
    ['-price', ['-price']],
    ['dir:sent', ['dir=sent']],
    ['-DIR:sent', ['-dir=sent']],
    ['status-code:404', ['status-code=404']],
    ['url:"a b"', ['url=a b']],
    ['"dir:sent"', ['dir:sent']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['/a b/i tail', ['/a b/i', 'tail']],
    ['url:/v\\d\\/x/', ['url=/v\\d\\/x/']],
    ['-/x/', ['-/x/']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe('what only looks like grammar is text', () => {
  it.each([
    ['https://host/a:b', ['https://host/a:b']],
    ['unknown:value', ['unknown:value']],
    ['-', ['-']],
    ['- x', ['-', 'x']],
    ['/api/users', ['/api/users']],
    ['/unfinished', ['/unfinished']],
    ['/', ['/']],
    ['a"b', ['a"b']],
    ['"unfinished quote', ['unfinished quote']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

it('says where each word stands', () => {
  expect(read(' a  -dir:sent ').map(({ start, end }) => [start, end])).toEqual([
    [1, 2],
    [4, 13],
  ]);
});

it('takes apart whatever is typed, without a character lost', () => {
  const alphabet = ['-', '"', '/', ':', '\\', ' ', 'dir', 'a', '\u{1F600}', '\ud800', '(', '\n'];
  let seed = 1;
  const next = (n: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: next(12) }, () => alphabet[next(alphabet.length)]).join('');
    const tokens = read(text);
    const covered = tokens.map(({ start, end }) => text.slice(start, end)).join('');
    expect(covered.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    for (const [i, { start, end }] of tokens.entries()) {
      expect(end).toBeGreaterThan(start);
      if (i > 0) expect(start).toBeGreaterThanOrEqual(tokens[i - 1]!.end);
    }
  }
});

it.each(['plain', 'two words', '-dash', '/path/', 'say "hi"', 'back\\slash "q"', ''])(
  'quotes %j so that it is read again',
  (text) => {
    const [token] = read(`url:${quote(text)}`);
    expect(token?.value).toEqual({ kind: 'text', text });
  },
);
