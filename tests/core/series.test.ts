import { expect, it } from 'vitest';
import { bucketAt, type Series } from '../../src/core/series.ts';

const messagesOf = (series: Series) => series.map(({ second, messages }) => [second, messages]);

it('keeps the newest ten minutes, each second with its own counts', () => {
  const series: Series = [];
  for (let second = 0; second < 1000; second++) {
    const bucket = bucketAt(series, second * 1000);
    expect(bucket).toEqual({
      second,
      useful: 0,
      wasted: 0,
      headerBytes: 0,
      framingBytes: 0,
      payloadBytes: 0,
      messages: 0,
    });
    bucket.messages += second;
    bucket.payloadBytes += 1;
  }
  expect(messagesOf(series)).toEqual(Array.from({ length: 600 }, (_, i) => [400 + i, 400 + i]));
});

it('puts what is told late in its place, and forgets what is older than all that is kept', () => {
  const series: Series = [];
  for (let second = 0; second < 1200; second += 2) bucketAt(series, second * 1000).messages = second;
  bucketAt(series, 1001 * 1000).messages = 1001;
  bucketAt(series, 0).messages = 7;
  expect(series).toHaveLength(600);
  expect(series[0]!.second).toBe(2);
  expect(messagesOf(series).slice(499, 502)).toEqual([
    [1000, 1000],
    [1001, 1001],
    [1002, 1002],
  ]);
});
