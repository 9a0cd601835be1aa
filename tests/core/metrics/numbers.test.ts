import { describe, expect, it } from 'vitest';
import { sumFigure } from '../../../src/core/metrics/figures.ts';
import {
  chunkFramingBytes,
  eventStreamFramingBytes,
  webSocketFrameHeaderBytes,
} from '../../../src/core/metrics/framing.ts';
import { addStamped, createLatencySamples, percentiles, stampsIn } from '../../../src/core/metrics/latency.ts';
import { quantile, robustVariation } from '../../../src/core/metrics/statistics.ts';

const NOW = 1_800_000_000_000;

describe('framing', () => {
  it('of WebSocket grows at 126 and 65,536 bytes, and by the mask', () => {
    expect([0, 125, 126, 65_535, 65_536].map((n) => webSocketFrameHeaderBytes(n, false))).toEqual([2, 2, 4, 4, 10]);
    expect(webSocketFrameHeaderBytes(51, true)).toBe(6);
  });

  it('of an event stream counts fields, colons, spaces and line ends', () => {
    expect(eventStreamFramingBytes('message', null, 'x')).toBe('data: \n\n'.length);
    expect(eventStreamFramingBytes('price', '7', 'a\nb')).toBe('event: price\nid: 7\ndata: \ndata: \n\n'.length - 1);
  });

  it('of one 51-byte event is 14 bytes more over SSE and 2 over WebSocket, as measured on the wire', () => {
    expect(51 + eventStreamFramingBytes('message', '7', 'x'.repeat(51))).toBe(65);
    expect(65 + chunkFramingBytes(65)).toBe(71);
    expect(51 + webSocketFrameHeaderBytes(51, false)).toBe(53);
    expect(51 + webSocketFrameHeaderBytes(51, true)).toBe(57);
  });
});

describe('a sum of bytes', () => {
  const tally = { bytes: 1000, of: 2, min: 490, max: 510, plusMinus: 0 };
  it('is measured when every part is known', () => {
    expect(sumFigure(tally, 2)).toEqual({ value: 1000, provenance: 'measured', plusMinus: 0 });
  });
  it('is estimated from the mean, ± the spread, when some are missing', () => {
    expect(sumFigure(tally, 5)).toEqual({ value: 2500, provenance: 'estimated', plusMinus: 30 });
  });
  it('is unknown, not 0, when none is known', () => {
    const empty = { bytes: 0, of: 0, min: Infinity, max: 0, plusMinus: 0 };
    expect(sumFigure(empty, 1).value).toBeNull();
    expect(sumFigure(empty, 1, tally)).toEqual({ value: 500, provenance: 'estimated', plusMinus: 10 });
    expect(sumFigure(empty, 0).value).toBe(0);
  });
});

describe('time stamps in data', () => {
  it('are found in milliseconds, seconds, microseconds and ISO form', () => {
    expect(stampsIn(`{"at":${NOW}}`, NOW)).toEqual([NOW]);
    expect(stampsIn(`{"timestamp":${NOW / 1000}}`, NOW)).toEqual([NOW]);
    expect(stampsIn(`{"ts":${NOW * 1000}}`, NOW)).toEqual([NOW]);
    expect(stampsIn(`{"created_at":"${new Date(NOW).toISOString()}"}`, NOW)).toEqual([NOW]);
  });
  it('count once per object of a list', () => {
    expect(stampsIn(`{"events":[{"at":${NOW}},{"at":${NOW + 5}}],"next":2}`, NOW)).toEqual([NOW, NOW + 5]);
  });
  it('are not mistaken: other names, dates of long ago, text that is no JSON', () => {
    expect(stampsIn(`{"price":${NOW}}`, NOW)).toEqual([]);
    expect(stampsIn('{"at":12345}', NOW)).toEqual([]);
    expect(stampsIn('hello', NOW)).toEqual([]);
  });
  it('give one delay an event, however often it is delivered', () => {
    const samples = createLatencySamples();
    addStamped(samples, `[{"at":${NOW}},{"at":${NOW + 10}}]`, NOW + 30);
    addStamped(samples, `[{"at":${NOW + 10}},{"at":${NOW + 20}}]`, NOW + 60);
    expect(samples.delayMs).toEqual([30, 20, 40]);
    expect(percentiles(samples)).toEqual({ p50: 30, p95: 39, max: 40 });
    addStamped(samples, `{"at":${NOW + 30}}`, NOW + 130);
    expect(percentiles(samples).max).toBe(100);
  });
});

describe('statistics', () => {
  it('interpolate between neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNull();
  });
  it('let one outlier pass', () => {
    expect(robustVariation([1000, 1000, 1001, 999, 60_000])).toBeLessThan(0.01);
  });
});
