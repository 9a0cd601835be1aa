import { describe, expect, it } from 'vitest';
import { weigh } from '../../../src/core/classify/hysteresis.ts';
import { certain, classifySeries } from '../../../src/core/classify/verdict.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { play, repeat } from '../../support/timeline.ts';

const verdictOf = (timeline: string) => {
  const log = play(timeline);
  expect(log.channels).toHaveLength(1);
  return reportChannel(log, log.channels[0]!).verdict;
};

describe('a series of requests', () => {
  it('is polling when a timer starts them', () => {
    const verdict = verdictOf(repeat(8, 1000, (i, at) => `${at}ms GET /news?since=${i} 200 [] 20ms`));
    expect(verdict).toMatchObject({ transport: 'polling', provisional: false });
    expect(verdict.evidence).toEqual([expect.objectContaining({ kind: 'timer', periodMs: 1000, of: 7 })]);
  });

  it('is polling when each starts a fixed time after the answer before, however long that took', () => {
    let at = 0;
    const took = [20, 900, 45, 1700, 30, 400, 1200, 60];
    const lines = took.map((ms) => {
      const line = `${at}ms GET /news 200 [] ${ms}ms`;
      at += ms + 2000;
      return line;
    });
    expect(verdictOf(lines.join('\n')).evidence).toEqual([
      expect.objectContaining({ kind: 'timer', basis: 'end-to-start', periodMs: 2000 }),
    ]);
  });

  it('is long polling when the server holds them and each follows at once, even as regular as a clock', () => {
    const verdict = verdictOf(repeat(8, 4010, (i, at) => `${at}ms GET /wait?cursor=${i} 200 {"n":${i}} 4000ms`));
    expect(verdict).toMatchObject({ transport: 'long-polling', provisional: false });
    expect(verdict.evidence.map(({ kind }) => kind)).toEqual(['back-to-back', 'held']);
  });

  it('is polling, not long polling, when each follows at once but nothing is held', () => {
    const requests = (n: number) => verdictOf(repeat(n, 105, (_, at) => `${at}ms GET /news 200 [] 100ms`)).transport;
    expect(requests(40)).toBe('polling');
    // A view that loads one thing after the other is soon done.
    expect(requests(9)).toBeNull();
  });

  it('is long polling too when it waits for bursts, of which most requests meet no hold', () => {
    /** Every 1500 ms six events: the first ends the hold, the others come in quick answers. */
    const bursts = (answer: (n: number) => string) => {
      let at = 0;
      const lines = Array.from({ length: 36 }, (_, n) => {
        const tookMs = n % 6 === 0 ? 1400 : 15;
        const line = `${at}ms GET /wait?cursor=${n} 200 ${answer(n)} ${tookMs}ms`;
        at += tookMs + 5;
        return line;
      });
      return verdictOf(lines.join('\n'));
    };
    const verdict = bursts((n) => `{"n":${n}}`);
    expect(verdict).toMatchObject({ transport: 'long-polling', provisional: false });
    expect(verdict.evidence[1]).toMatchObject({ kind: 'held', heldShare: 1 / 6 });
    // Quick answers that are empty were asked for in vain: a poll, and a server that is slow at times.
    expect(bursts((n) => (n % 6 === 0 ? `{"n":${n}}` : '[]')).transport).toBe('polling');
  });

  it('stays long polling while its holds end in 503', () => {
    expect(verdictOf(repeat(8, 5010, (_, at) => `${at}ms GET /wait 503 5000ms`)).transport).toBe('long-polling');
  });

  it('is polling that backs off when its gaps grow by a steady factor', () => {
    const starts = [0, 1000, 2500, 4750, 8125, 13_187, 20_781];
    const verdict = verdictOf(starts.map((at) => `${at}ms GET /news 200 [] 10ms`).join('\n'));
    expect(verdict.transport).toBe('polling');
    expect(verdict.evidence[0]).toMatchObject({ kind: 'backoff' });
  });

  it('is a matter of single requests when a person clicks', () => {
    const starts = [0, 3100, 4000, 19_000, 21_500, 60_300, 61_000, 130_000, 131_900];
    expect(verdictOf(starts.map((at) => `${at}ms GET /item 200 {"at":${at}} 30ms`).join('\n')).transport).not.toBe(
      'polling',
    );
  });

  it('is no polling while every request fails: those are retries', () => {
    const verdict = verdictOf(repeat(8, 1000, (_, at) => `${at}ms GET /news failed 20ms`));
    expect(verdict).toMatchObject({ transport: 'request', evidence: [{ kind: 'failures' }] });
  });

  it('is undecided below three gaps, provisional below five', () => {
    const polls = (n: number) => verdictOf(repeat(n, 1000, (_, at) => `${at}ms GET /news 200 [] 10ms`));
    expect(polls(3).transport).toBeNull();
    expect(polls(4)).toMatchObject({ transport: 'polling', provisional: true });
    expect(polls(6)).toMatchObject({ transport: 'polling', provisional: false });
  });
});

describe('a hold', () => {
  const held = (waitMs: number, rttMs: number) =>
    classifySeries(
      Array.from({ length: 14 }, (_, i) => ({
        exchangeId: i,
        startedAt: i * (waitMs + 5),
        waitMs,
        endedAt: i * (waitMs + 5) + waitMs,
        failed: false,
        hidden: null,
        target: '/wait',
        isPart: false,
        requestBytes: 0,
        isReaction: false,
        hasNews: true,
        unread: false,
      })),
      { rttMs, method: 'GET', operation: null },
    ).transport;

  it('exceeds the round trip by more than 250 ms', () => {
    expect(held(20 + 250, 20)).toBe('polling');
    expect(held(20 + 251, 20)).toBe('long-polling');
  });

  it('and by more than three round trips, on a slow way', () => {
    expect(held(4 * 200, 200)).toBe('polling');
    expect(held(4 * 200 + 1, 200)).toBe('long-polling');
  });
});

describe('a standing verdict', () => {
  const polling = certain('polling', 0.9, false);
  const request = certain('request', 0.9, false);

  it('gives way to the second contrary reading in a row, not the first', () => {
    const first = weigh(weigh(null, polling, 1), request, 2);
    expect(first.verdict.transport).toBe('polling');
    expect(weigh(first, request, 3)).toMatchObject({ verdict: { transport: 'request' }, since: 3 });
    expect(weigh(weigh(first, polling, 3), request, 4).verdict.transport).toBe('polling');
  });

  it('is not shaken by a reading that cannot tell', () => {
    const standing = weigh(weigh(null, polling, 1), certain(null, 0, false), 2);
    expect(standing).toMatchObject({ verdict: { transport: 'polling' }, since: 1, contradictions: 0 });
  });
});
