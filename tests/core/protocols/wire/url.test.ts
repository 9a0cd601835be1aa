import { describe, expect, it } from 'vitest';
import { endpointOf, pathOf, queryOf } from '../../../../src/core/protocols/wire/url.ts';

describe('URLs', () => {
  it.each([
    ['https://example.test/a/b?c=/d#e', '/a/b'],
    ['wss://example.test', '/'],
    ['wss://example.test?x=/y', '/'],
    ['https://example.test/#/a', '/'],
    ['', '/'],
  ])('the path of %s is %s', (url, path) => expect(pathOf(url)).toBe(path));

  it.each([
    ['wss://example.test:8443/a?b', 'https://example.test:8443/a'],
    ['http://example.test/a#b', 'http://example.test/a'],
    ['ws://example.test', 'http://example.test'],
  ])('the endpoint of %s is %s', (url, endpoint) => expect(endpointOf(url)).toBe(endpoint));

  it('values of queries are decoded, the first counts', () => {
    const url = 'https://example.test/?a=1&bb=x%2Fy+z&b&a=2&bad=%zz#?c=3';
    expect(queryOf(url, 'a')).toBe('1');
    expect(queryOf(url, 'bb')).toBe('x/y z');
    expect(queryOf(url, 'b')).toBe('');
    expect(queryOf(url, 'bad')).toBe('%zz');
    expect(queryOf(url, 'c')).toBeNull();
    expect(queryOf('https://example.test/', 'a')).toBeNull();
  });
});
