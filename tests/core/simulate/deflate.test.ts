import { constants, createDeflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deflatedSizes } from '../../../src/core/simulate/deflate.ts';
import { createRandom } from '../../../src/core/simulate/random.ts';

/** What zlib makes of the messages with a shared window, less the four bytes that RFC 7692 leaves out. */
async function zlibSizes(texts: string[]): Promise<number[]> {
  const deflate = createDeflateRaw();
  const sizes: number[] = [];
  let size = 0;
  deflate.on('data', (part: Buffer) => {
    size += part.length;
  });
  for (const text of texts) {
    size = 0;
    deflate.write(text);
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, () => resolve()));
    sizes.push(size - 4);
  }
  return sizes;
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

describe('messages under permessage-deflate', () => {
  it('take 7 and 5 bytes for "Hello" twice, RFC 7692 §7.2.3.2', () => {
    expect(deflatedSizes(['Hello', 'Hello'])).toEqual([7, 5]);
  });

  it('are as zlib makes them, to 5 %, for short ones', async () => {
    const random = createRandom(1);
    const prices = Array.from({ length: 200 }, (_, i) =>
      JSON.stringify({
        seq: i,
        at: 1_800_000_000_000 + i * 731,
        price: Math.round(random() * 1e6) / 100,
        name: '가격',
      }),
    );
    const estimated = sum(deflatedSizes(prices));
    const actual = sum(await zlibSizes(prices));
    expect(estimated / actual).toBeGreaterThan(0.95);
    expect(estimated / actual).toBeLessThan(1.05);
  });

  it('are at most half as large again for long ones, whose own codes zlib sends along', async () => {
    const random = createRandom(2);
    const words = Array.from({ length: 500 }, () => Math.floor(random() * 36 ** 6).toString(36));
    const texts = Array.from({ length: 20 }, () =>
      Array.from({ length: 1000 }, () => words[Math.floor(random() * words.length)]).join(' '),
    );
    const ratio = sum(deflatedSizes(texts)) / sum(await zlibSizes(texts));
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.5);
  });

  it('never exceed the text by more than what stores it', () => {
    const random = createRandom(3);
    const noise = Array.from({ length: 500 }, () => String.fromCharCode(0x80 + Math.floor(random() * 0x700))).join('');
    expect(deflatedSizes([noise])[0]).toBeLessThanOrEqual(1000 + 6);
  });
});
