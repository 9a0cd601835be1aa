import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../../src/core/protocols/wire/bytes.ts';
import { readMsgpack } from '../../../../src/core/protocols/wire/msgpack.ts';
import { bytes } from '../reading.ts';

/** Each format of https://github.com/msgpack/msgpack/blob/master/spec.md once. */
const FORMATS: [string, Uint8Array, unknown][] = [
  ['positive fixint', bytes(0x7f), 127],
  ['fixmap', bytes(0x81, 0xa1, 'a', 1), { a: 1 }],
  ['fixarray', bytes(0x92, 1, 2), [1, 2]],
  ['fixstr', bytes(0xa3, 'añ'), 'añ'],
  ['nil', bytes(0xc0), null],
  ['false', bytes(0xc2), false],
  ['true', bytes(0xc3), true],
  ['bin 8', bytes(0xc4, 2, 8, 9), bytes(8, 9)],
  ['bin 16', bytes(0xc5, 0, 1, 8), bytes(8)],
  ['bin 32', bytes(0xc6, 0, 0, 0, 1, 8), bytes(8)],
  ['ext 8', bytes(0xc7, 1, 5, 8), { extension: 5, data: bytes(8) }],
  ['ext 16', bytes(0xc8, 0, 1, 0xff, 8), { extension: -1, data: bytes(8) }],
  ['ext 32', bytes(0xc9, 0, 0, 0, 1, 5, 8), { extension: 5, data: bytes(8) }],
  ['float 32', bytes(0xca, 0x3f, 0x80, 0, 0), 1],
  ['float 64', bytes(0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5],
  ['uint 8', bytes(0xcc, 200), 200],
  ['uint 16', bytes(0xcd, 1, 0), 256],
  ['uint 32', bytes(0xce, 0, 1, 0, 0), 65_536],
  ['uint 64', bytes(0xcf, 0, 0, 0, 1, 0, 0, 0, 0), 2 ** 32],
  ['int 8', bytes(0xd0, 0x80), -128],
  ['int 16', bytes(0xd1, 0xff, 0), -256],
  ['int 32', bytes(0xd2, 0xff, 0xff, 0xff, 0xfe), -2],
  ['int 64', bytes(0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfd), -3],
  ['fixext 1', bytes(0xd4, 5, 8), { extension: 5, data: bytes(8) }],
  ['fixext 2', bytes(0xd5, 5, 8, 9), { extension: 5, data: bytes(8, 9) }],
  ['fixext 4', bytes(0xd6, 0xff, 0, 0, 0, 1), { extension: -1, data: bytes(0, 0, 0, 1) }],
  ['fixext 8', bytes(0xd7, 5, 'abcdefgh'), { extension: 5, data: bytes('abcdefgh') }],
  ['fixext 16', bytes(0xd8, 5, 'abcdefghijklmnop'), { extension: 5, data: bytes('abcdefghijklmnop') }],
  ['str 8', bytes(0xd9, 1, 'a'), 'a'],
  ['str 16', bytes(0xda, 0, 1, 'a'), 'a'],
  ['str 32', bytes(0xdb, 0, 0, 0, 1, 'a'), 'a'],
  ['array 16', bytes(0xdc, 0, 1, 7), [7]],
  ['array 32', bytes(0xdd, 0, 0, 0, 1, 7), [7]],
  ['map 16', bytes(0xde, 0, 1, 0xa1, 'a', 7), { a: 7 }],
  ['map 32', bytes(0xdf, 0, 0, 0, 1, 0xa1, 'a', 7), { a: 7 }],
  ['negative fixint', bytes(0xff), -1],
];

describe('MessagePack', () => {
  it.each(FORMATS)('reads %s', (_name, payload, value) => {
    const reader = new ByteReader(payload);
    expect(readMsgpack(reader)).toEqual(value);
    expect(reader).toMatchObject({ ok: true, left: 0 });
  });

  it.each(FORMATS.filter(([, payload]) => payload.length > 1))('sees that %s was cut off', (_name, payload) => {
    const reader = new ByteReader(payload.subarray(0, -1));
    readMsgpack(reader);
    expect(reader.ok).toBe(false);
  });

  it('keeps what is complete of containers', () => {
    const reader = new ByteReader(bytes(0x94, 1, 0xa1, 'a', 0x92, 2, 0xa5, 'cut'));
    expect(readMsgpack(reader)).toEqual([1, 'a', [2]]);
  });

  it('refuses what is never used, and nesting without end', () => {
    for (const payload of [bytes(0xc1), new Uint8Array(100_000).fill(0x91), bytes(0xdd, 255, 255, 255, 255, 1)]) {
      const reader = new ByteReader(payload);
      readMsgpack(reader);
      expect(reader.ok).toBe(false);
    }
  });
});
