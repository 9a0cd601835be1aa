import { describe, expect, it } from 'vitest';
import { fitBackoff } from '../../../src/core/classify/backoff.ts';
import { fitSlowServer } from '../../../src/core/classify/held.ts';
import { fitRetries } from '../../../src/core/classify/retries.ts';
import type { Timing } from '../../../src/core/classify/timing.ts';
import { gapsOf } from '../../../src/core/classify/timing.ts';
import { fitTwoTimers } from '../../../src/core/classify/two-timers.ts';
import { fitUpload } from '../../../src/core/classify/upload.ts';
import { classifySeries } from '../../../src/core/classify/verdict.ts';

const timing = (startedAt: number, more: Partial<Timing> = {}): Timing => ({
  exchangeId: startedAt,
  startedAt,
  waitMs: 10,
  endedAt: startedAt + 10,
  failed: false,
  hidden: false,
  target: 'https://a.test/news',
  isPart: false,
  requestBytes: 0,
  isReaction: false,
  hasNews: null,
  unread: false,
  ...more,
});
const at = (starts: readonly number[], more: Partial<Timing> = {}) => starts.map((start) => timing(start, more));
const every = (ms: number, n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i * ms);
const GET = { rttMs: 5, method: 'GET', operation: null };
const POST = { rttMs: 5, method: 'POST', operation: null };

describe('two timers', () => {
  const both = [...every(1500, 12), ...every(4000, 5, 300)].sort((a, b) => a - b);
  it('are found where they are', () => {
    expect(fitTwoTimers(both)!.periodsMs.toSorted((a, b) => a - b)).toEqual([1500, 4000]);
    expect(classifySeries(at(both), GET)).toMatchObject({ transport: 'polling', evidence: [{ kind: 'two-timers' }] });
  });
  it('are not where somebody clicks', () => {
    const clicks = [0, 1100, 3900, 4400, 9800, 10_050, 17_300, 21_900, 22_700, 31_000, 33_333, 40_100];
    expect(fitTwoTimers(clicks)).toBeNull();
    expect(classifySeries(at(clicks), GET).transport).toBe('request');
  });
});

describe('requests that fail', () => {
  const failed = { failed: true };
  it('are retries when they hurry, slow down or never succeeded', () => {
    const before = [timing(-5000), timing(-4000)];
    expect(fitRetries([...before, ...at([0, 500, 1000, 1500], failed)])).toEqual({ of: 4 });
    expect(fitRetries([...before, ...at([0, 2000, 6000, 14_000], failed)])).toEqual({ of: 4 });
    expect(fitRetries(at(every(5000, 4), failed))).toEqual({ of: 4 });
  });
  it('are a poll whose server is down when they keep their pace', () => {
    expect(fitRetries([timing(-5000), ...at(every(5000, 4), failed)])).toBeNull();
    expect(fitRetries([timing(-5000), ...at([0, 500], failed)])).toBeNull();
  });
});

describe('what goes up', () => {
  it('is an upload by its method or its size', () => {
    expect(fitUpload(at(every(1000, 5)), { method: 'PATCH', operation: null })).toMatchObject({ method: 'PATCH' });
    expect(fitUpload(at(every(1000, 5), { requestBytes: 16_384 }), POST)).not.toBeNull();
    expect(fitUpload(at(every(1000, 5), { requestBytes: 16_383 }), POST)).toBeNull();
    expect(fitUpload(at(every(1000, 5), { requestBytes: 1e6 }), GET)).toBeNull();
  });
  it('is telemetry when it is merely confirmed, on a timer', () => {
    const pings = at(every(4000, 8), { requestBytes: 7, hasNews: false });
    expect(classifySeries(pings, POST).transport).toBe('telemetry');
    expect(classifySeries(pings, { ...POST, operation: 'Quote' }).transport).toBe('polling');
    expect(classifySeries([...pings.slice(0, 7), timing(28_000, { hasNews: true })], POST).transport).toBe('polling');
  });
  it('is telemetry, too, when the page never reads what is answered', () => {
    const answered = { requestBytes: 7, hasNews: true, unread: true };
    expect(classifySeries(at(every(4000, 8), answered), POST).transport).toBe('telemetry');
    expect(classifySeries(at(every(4000, 8), { ...answered, unread: false }), POST).transport).toBe('polling');
    expect(classifySeries(at(every(4000, 8), answered), GET).transport).toBe('polling');
  });
  it('is an answer when it follows what came in on another channel', () => {
    const replies = at(every(4000, 8), { requestBytes: 7, isReaction: true });
    expect(classifySeries(replies, POST)).toMatchObject({ transport: 'request', evidence: [{ kind: 'reaction' }] });
    expect(classifySeries(replies, GET).transport).toBe('polling');
  });
});

it('requests to a place of their own each are no poll, however regular', () => {
  const segments = every(2000, 10).map((start, i) => timing(start, { target: `https://a.test/s${i}.ts` }));
  expect(classifySeries(segments, GET)).toMatchObject({ transport: 'request', evidence: [{ kind: 'other-targets' }] });
});

it('a slow server takes its time whatever it answers; a hold is longest when it is empty', () => {
  const waits = (news: number, empty: number) =>
    Array.from({ length: 8 }, (_, i) => timing(i * 3000, { waitMs: i % 2 ? news : empty, hasNews: i % 2 === 1 }));
  expect(fitSlowServer(waits(2000, 2000))).toMatchObject({ medianWaitMs: 2000 });
  expect(fitSlowServer(waits(1700, 2000))).toBeNull();
  expect(fitSlowServer(waits(2000, 2000).map((t) => ({ ...t, hasNews: true })))).toBeNull();
});

describe('a client that rests between its requests', () => {
  const held = (news: number, empty: number, restMs: number) => {
    let start = 0;
    return Array.from({ length: 8 }, (_, i) => {
      const waitMs = i % 2 ? news : empty;
      const made = timing(start, { waitMs, endedAt: start + waitMs, hasNews: i % 2 === 1 });
      start += waitMs + restMs;
      return made;
    });
  };
  it('is a long poll when the server gives up after the same time and answers sooner with news', () => {
    expect(classifySeries(held(1500, 4000, 300), GET)).toMatchObject({
      transport: 'long-polling',
      evidence: [{ kind: 'held', medianHoldMs: 2750 }],
    });
    expect(classifySeries(held(1500, 4000, 1000), GET).transport).toBe('long-polling');
  });
  it('is none when it rests longer, or news take as long', () => {
    expect(classifySeries(held(1500, 4000, 1001), GET).transport).toBe('polling');
    expect(classifySeries(held(3600, 4000, 300), GET).transport).toBe('polling');
  });
});

it('hidden and visible times are never pooled', () => {
  const visible = at(every(200, 10), { hidden: false });
  const hidden = at(every(1000, 4, 5000), { hidden: true });
  expect(gapsOf([...visible, ...hidden]).startToStart).toEqual(Array.from({ length: 9 }, () => 200));
  expect(classifySeries([...visible, ...hidden], GET).evidence[0]).toMatchObject({ kind: 'timer', periodMs: 200 });
});

it('an interval that is spread by ± 30 % on purpose is a poll, and one by far more is not', () => {
  const spread = [-0.9, 0.5, -0.3, 0.3, -0.6, 0.9, 0, -0.4, 0.6];
  const from = (jitter: number) => {
    let start = 0;
    const starts = spread.map((s) => {
      start += 2000 * (1 + jitter * s);
      return start;
    });
    return classifySeries(at([0, ...starts]), GET).transport;
  };
  expect(from(0.3)).toBe('polling');
  expect(from(0.6)).not.toBe('polling');
});

describe('a growing interval', () => {
  const growing = (factor: number, n: number, longest = Infinity) =>
    Array.from({ length: n }, (_, i) => Math.min(500 * factor ** i, longest));
  it('is a backoff, and still is when it has reached its longest', () => {
    expect(fitBackoff(growing(1.5, 6))!.factor).toBeCloseTo(1.5);
    expect(fitBackoff(growing(1.5, 12, 8000))!.factor).toBeCloseTo(1.5);
  });
  it('is none by the chance of three ratios', () => {
    expect(fitBackoff([1000, 1500, 2400, 3300])).toBeNull();
    expect(fitBackoff([1000, 1500])).toBeNull();
  });
});
