import { describe, expect, it } from 'vitest';
import { warmReplyBytes, warmRequestBytes } from '../../../src/core/simulate/http2.ts';
import { huffmanBits, integerBytes } from '../../../src/core/simulate/huffman.ts';
import { createHpack } from './hpack.ts';

type Headers = [string, string][];

describe('Huffman code lengths', () => {
  it('fill the code space exactly, with the 30 bits of EOS', () => {
    const octets = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet));
    const filled = octets.reduce((sum, octet) => sum + 2 ** (30 - huffmanBits(octet)), 1);
    expect(filled).toBe(2 ** 30);
  });

  it('are those of the examples in RFC 7541 C.4', () => {
    const bytes = ['www.example.com', 'no-cache', 'custom-key', 'custom-value'].map((text) =>
      Math.ceil(huffmanBits(text) / 8),
    );
    expect(bytes).toEqual([12, 6, 8, 9]);
  });
});

it('integers take the octets of RFC 7541 C.1', () => {
  expect([integerBytes(10, 5), integerBytes(1337, 5), integerBytes(42, 8)]).toEqual([1, 3, 1]);
  expect([integerBytes(30, 5), integerBytes(31, 5), integerBytes(31 + 127, 5), integerBytes(31 + 128, 5)]).toEqual([
    1, 2, 2, 3,
  ]);
});

describe('header blocks', () => {
  it('of requests take 17, 12 and 24 bytes, RFC 7541 C.4', () => {
    const hpack = createHpack();
    const common: Headers = [
      [':method', 'GET'],
      [':scheme', 'http'],
      [':path', '/'],
      [':authority', 'www.example.com'],
    ];
    expect(hpack.blockBytes(common)).toBe(17);
    expect(hpack.blockBytes([...common, ['cache-control', 'no-cache']])).toBe(12);
    const last: Headers = [
      [':method', 'GET'],
      [':scheme', 'https'],
      [':path', '/index.html'],
      [':authority', 'www.example.com'],
      ['custom-key', 'custom-value'],
    ];
    expect(hpack.blockBytes(last)).toBe(24);
  });

  it('of responses take 54, 8 and 79 bytes while a small table evicts, RFC 7541 C.6', () => {
    const hpack = createHpack(256);
    const reply = (status: string, second: string, ...more: Headers): Headers => [
      [':status', status],
      ['cache-control', 'private'],
      ['date', `Mon, 21 Oct 2013 20:13:${second} GMT`],
      ['location', 'https://www.example.com'],
      ...more,
    ];
    expect(hpack.blockBytes(reply('302', '21'))).toBe(54);
    expect(hpack.blockBytes(reply('307', '21'))).toBe(8);
    const cookie = 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1';
    expect(hpack.blockBytes(reply('200', '22', ['content-encoding', 'gzip'], ['set-cookie', cookie]))).toBe(79);
  });
});

describe('a warm HTTP/2 connection', () => {
  it('spells out the path and repeats the rest by an octet each', () => {
    const hpack = createHpack();
    const head = (path: string): Headers => [
      [':method', 'GET'],
      [':authority', 'app.test'],
      [':scheme', 'https'],
      [':path', path],
      ['user-agent', 'Browser/1.0'],
      ['accept', '*/*'],
      ['cookie', 'session=1234567890'],
    ];
    hpack.blockBytes(head('/poll?since=1'));
    for (const path of ['/poll?since=2', `/poll?since=${'x'.repeat(500)}`])
      expect(warmRequestBytes(7, path)).toBe(9 + 5 + hpack.blockBytes(head(path)));
  });

  it('answers an empty poll with 38 bytes, as measured: 27 of head, 9 and 2 of data', () => {
    expect(warmReplyBytes(6) + 9 + 2).toBe(38);
  });
});
