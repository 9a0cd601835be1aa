import { expect, it } from 'vitest';
import { hexLines } from '../../../src/core/inspect/hex.ts';

const bytes = Uint8Array.from({ length: 40 }, (_, i) => i + 0x3a);

it('writes sixteen bytes a line, in two groups, with what can be printed beside them', () => {
  expect(hexLines(bytes, 0, 1)).toEqual([
    { offset: 0, hex: '3a 3b 3c 3d 3e 3f 40 41  42 43 44 45 46 47 48 49', ascii: ':;<=>?@ABCDEFGHI' },
  ]);
});

it('ends where the bytes end', () => {
  const lines = hexLines(bytes, 1, 10);
  expect(lines.map(({ offset }) => offset)).toEqual([16, 32]);
  expect(lines[1]).toEqual({ offset: 32, hex: '5a 5b 5c 5d 5e 5f 60 61', ascii: 'Z[\\]^_`a' });
  expect(hexLines(new Uint8Array(), 0, 10)).toEqual([]);
});

it('prints a dot for what cannot be printed', () => {
  expect(hexLines(Uint8Array.of(0, 31, 32, 126, 127, 255), 0, 1)[0]!.ascii).toBe('.. ~..');
});
