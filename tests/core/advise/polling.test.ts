import { describe, expect, it } from 'vitest';
import { adviseOn } from '../../../src/core/advise/rules.ts';
import type { ChannelFacts, ExchangeFacts, SessionFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, exchangeOf, PAGE, pollsOf, sessionOf, T0 } from '../simulate/facts-of.ts';
import { type Recording, recordPolling } from '../simulate/recorder.ts';
import { poissonTimes, regularTimes } from '../simulate/worlds.ts';
import { adviceOf } from './support.ts';

const HOUR_MS = 3_600_000;
const RECORDING: Recording = {
  way: { up: () => 10, down: () => 10 },
  horizonMs: HOUR_MS,
  stamps: { aheadMs: 0 },
  payloadBytes: 100,
};
/** Polling at `periodMs` for random events, `perMinute` of them. */
const polling = (periodMs: number, perMinute: number, horizonMs = HOUR_MS): ChannelFacts => ({
  ...recordPolling(poissonTimes(perMinute / 60_000, horizonMs, 4), periodMs, { ...RECORDING, horizonMs }),
  rttMs: 20,
});
const advice = <Rule extends Parameters<typeof adviceOf>[0]>(
  rule: Rule,
  channel: ChannelFacts,
  session: SessionFacts = sessionOf(HOUR_MS, [channel]),
) => adviceOf(rule, channel, session);

describe('tune-interval', () => {
  it('slows down polls that mostly find nothing, and says what that saves', () => {
    const found = advice('tune-interval', polling(1000, 0.5))!;
    expect(found).toMatchObject({ transport: 'polling', effort: 'low', evidence: { periodMs: 1000 } });
    expect(found.evidence.bestPeriodMs).toBeGreaterThanOrEqual(10_000);
    expect(found.saving.requestsPerHour.value).toBeCloseTo(3600 - HOUR_MS / found.evidence.bestPeriodMs, -1);
    expect(found.saving.stalenessMs.to!.value).toBeGreaterThan(found.saving.stalenessMs.from!.value);
    expect(found.evidence.bestWastedShare).toBeLessThan(found.evidence.wastedShare);
  });

  it('speeds up polls that leave much news waiting', () => {
    const found = advice('tune-interval', polling(60_000, 6))!;
    expect(found.evidence.bestPeriodMs).toBeLessThanOrEqual(20_000);
    expect(found.saving.requestsPerHour.value).toBeLessThan(0);
    expect(found.saving.pointsPerHour.value).toBeGreaterThan(0);
  });

  it('leaves a period alone that is within a factor of two of the best', () => {
    // Every 10 s fits 13 events a minute; the best period goes with the root of the rate.
    expect(advice('tune-interval', polling(10_000, 5))).toBeNull();
    expect(advice('tune-interval', polling(10_000, 2))?.evidence.bestPeriodMs).toBeGreaterThanOrEqual(20_000);
  });

  it('asks for no period that the recording is too short to tell of', () => {
    const found = advice('tune-interval', polling(1000, 0, 60_000), sessionOf(60_000, []));
    expect(found?.evidence.bestPeriodMs).toBe(5000);
    expect(found?.caveats).toContain('short-recording');
  });
});

describe('match-period', () => {
  const clockwork = (offMs: number): ChannelFacts => {
    // Gaps of 20 s less, even, and more by `offMs`, in turn.
    const times = regularTimes(20_000, 170, 5000).map((at, i) => at - (i % 3 === 0 ? 0 : offMs));
    return { ...recordPolling(times, 3000, RECORDING), rttMs: 20 };
  };

  it('polls in step with events that come like clockwork', () => {
    const found = advice('match-period', clockwork(0))!;
    expect(found.evidence).toMatchObject({ of: 169 });
    expect(found.evidence.eventPeriodMs).toBeCloseTo(20_000, -1);
    expect(found.saving.stalenessMs.to!.value).toBeLessThan(200);
    expect(found.saving.requestsPerHour.value).toBeCloseTo(1200 - 180, -1);
  });

  it('lets the gaps vary by a tenth, no more', () => {
    // Gaps of 20 s ± x vary by 1.4826 · x / 20 s.
    expect(advice('match-period', clockwork(0.09 * (20_000 / 1.4826)))).not.toBeNull();
    expect(advice('match-period', clockwork(0.11 * (20_000 / 1.4826)))).toBeNull();
  });

  it('does not take the rhythm of the polls for that of the events', () => {
    const unstamped = (periodMs: number) => {
      const channel = recordPolling(regularTimes(20_000, 170, 5000), periodMs, { ...RECORDING, stamps: null });
      return advice('match-period', { ...channel, rttMs: 20 });
    };
    expect(unstamped(4000)).not.toBeNull();
    expect(unstamped(20_000 / 3)).toBeNull();
  });
});

describe('conditional-requests', () => {
  const repeating = (payloadBytes: number, given: Partial<ChannelFacts> = {}): ChannelFacts =>
    channelOf({
      exchanges: pollsOf(100, 1000, () => false).map((e, i) => ({
        ...e,
        payloadBytes,
        worth: i === 0 ? 'baseline' : 'identical',
      })),
      ...given,
    });

  it('spares the content of answers that repeat the last one', () => {
    const found = advice('conditional-requests', repeating(5000))!;
    expect(found.evidence).toMatchObject({ repeated: 99, of: 100, repeatedBytes: 99 * 5000, noStore: true });
    expect(found.saving.bytesPerHour.value).toBeGreaterThan(0.9 * 3600 * 5000);
    expect(found.saving.requestsPerHour.value).toBe(0);
    expect(found.effort).toBe('medium');
  });

  it('is worth it from a tenth of the bytes on', () => {
    // 707 bytes of heads become 677: with contents of n bytes the saving is (30 + n) / (707 + n).
    expect(advice('conditional-requests', repeating(50))).not.toBeNull();
    expect(advice('conditional-requests', repeating(40))).toBeNull();
  });

  it('is nothing for a channel that has it, nor for a POST', () => {
    const exchanges = repeating(5000).exchanges.map((e): ExchangeFacts => ({ ...e, status: 304 }));
    expect(advice('conditional-requests', repeating(5000, { exchanges }))).toBeNull();
    expect(advice('conditional-requests', repeating(5000, { method: 'POST' }))).toBeNull();
  });

  it('warns of fields that change by themselves', () => {
    const exchanges = repeating(5000).exchanges.map(
      (e, i): ExchangeFacts => (i === 0 ? e : { ...e, worth: 'volatile-only' }),
    );
    expect(advice('conditional-requests', repeating(5000, { exchanges }))?.caveats).toContain('volatile-fields');
  });
});

describe('stop-when-hidden', () => {
  const hiddenOf = (hidden: number, of: number) => {
    const exchanges = pollsOf(of, 1000, () => false).map((e, i) => ({ ...e, hidden: i >= of - hidden }));
    const channel = channelOf({ exchanges });
    const span = { from: T0 + (of - hidden) * 1000 - 100, to: T0 + of * 1000 };
    const session = sessionOf(of * 1000, [channel], [{ key: PAGE, url: '', hidden: [span] }]);
    return advice('stop-when-hidden', channel, session);
  };

  it('spares the polls of a hidden page but for one when it is shown again', () => {
    const found = hiddenOf(30, 60)!;
    expect(found.evidence).toEqual({ hiddenPolls: 30, of: 60, hiddenMs: 30_100, usefulHiddenPolls: 0 });
    expect(found.saving.requestsPerHour.value).toBe(29 * 60);
    expect(found.saving.bytesPerHour.value).toBe(29 * 60 * (527 + 180 + 2));
  });

  it('needs three of them, and one poll in twenty', () => {
    expect(hiddenOf(3, 60)).not.toBeNull();
    expect(hiddenOf(2, 20)).toBeNull();
    expect(hiddenOf(3, 61)).toBeNull();
  });
});

describe('jitter', () => {
  const every = (periodMs: number, offMs: number) =>
    channelOf({
      exchanges: Array.from({ length: 10 }, (_, i) => exchangeOf(i * periodMs + offMs, { worth: 'empty' })),
    });

  it('spreads polls that all pages send at the full minute', () => {
    const found = advice('jitter', every(60_000, 40))!;
    expect(found.evidence).toEqual({ kind: 'on-the-dot', periodMs: 60_000, medianOffMs: 40, of: 10 });
    expect(found.saving.requestsPerHour.value).toBe(0);
  });

  it('is not needed by polls that began whenever the page did', () => {
    expect(advice('jitter', every(60_000, 51))).toBeNull();
    expect(advice('jitter', every(60_000, 30_000))).toBeNull();
  });

  it('is not claimed for periods so short that chance may have put them there', () => {
    expect(advice('jitter', every(5000, 10))).not.toBeNull();
    expect(advice('jitter', every(4000, 10))).toBeNull();
  });
});

describe('cdn-cached-polling', () => {
  const shared = (periodMs: number, network: Partial<ExchangeFacts['network']> = {}, method = 'GET') =>
    channelOf({
      method,
      exchanges: pollsOf(20, periodMs, (i) => i % 3 === 0, {
        network: { cookieBytes: 0, cacheControl: null, ...network },
      }),
    });

  it('asks the origin once for all who may wait', () => {
    const found = advice('cdn-cached-polling', shared(30_000))!;
    expect(found.evidence.maxAgeMs).toBe(15_000);
    expect(found.evidence.originRequestsPerHour).toEqual({ from: expect.closeTo(120_000), to: 240 });
    expect(found.saving.stalenessMs.to!.value - found.saving.stalenessMs.from!.value).toBeCloseTo(7500);
  });

  it('is not for those who cannot wait half a minute', () => {
    expect(advice('cdn-cached-polling', shared(29_699))).toBeNull();
    // A timer of 30 s, as it is measured.
    expect(advice('cdn-cached-polling', shared(29_701))).not.toBeNull();
  });

  it('is not for what is made for one reader', () => {
    for (const personal of [{ cookieBytes: 1 }, { authorized: true }, { cacheControl: 'private, max-age=60' }])
      expect(advice('cdn-cached-polling', shared(30_000, personal))).toBeNull();
    expect(advice('cdn-cached-polling', shared(30_000, {}, 'POST'))).toBeNull();
  });
});

describe('merge-pollers', () => {
  const poller = (id: number, periodMs: number, given: Partial<ChannelFacts> = {}) =>
    channelOf({
      id,
      url: `https://app.test/part/${id}`,
      urlTemplate: `/part-${id}`,
      exchanges: pollsOf(40, periodMs, () => false),
      ...given,
    });
  const merged = (first: ChannelFacts, second: ChannelFacts) =>
    advice('merge-pollers', first, sessionOf(HOUR_MS, [first, second]));

  it('makes one request of several that keep the same time', () => {
    const found = merged(poller(1, 5000), poller(2, 5000))!;
    expect(found.evidence).toEqual({ channelIds: [1, 2], periodMs: 5000, others: 1 });
    expect(found.saving.requestsPerHour.value).toBeCloseTo(720);
    expect(found.saving.bytesPerHour.value).toBeCloseTo(720 * 707);
  });

  it('is told once, of the first', () => {
    const [first, second] = [poller(1, 5000), poller(2, 5000)];
    expect(advice('merge-pollers', second, sessionOf(HOUR_MS, [first, second]))).toBeNull();
  });

  it('lets the periods differ by a tenth', () => {
    expect(merged(poller(1, 5000), poller(2, 5490))).not.toBeNull();
    expect(merged(poller(1, 5000), poller(2, 5510))).toBeNull();
  });

  it('is not for another server, another page, or the very same request', () => {
    expect(merged(poller(1, 5000), poller(2, 5000, { url: 'https://other.test/' }))).toBeNull();
    expect(merged(poller(1, 5000), poller(2, 5000, { documentKey: 'document-2' }))).toBeNull();
    expect(merged(poller(1, 5000), poller(2, 5000, { urlTemplate: '/part-1' }))).toBeNull();
  });
});

describe('nothing is advised', () => {
  it('on a channel watched for less than ten seconds', () => {
    const watched = (count: number) => channelOf({ exchanges: pollsOf(count, 1000, () => false) });
    expect(adviseOn(watched(9), sessionOf(HOUR_MS, []))).toEqual([]);
    expect(adviseOn(watched(10), sessionOf(HOUR_MS, []))).not.toEqual([]);
  });

  it('on single requests', () => {
    const channel = channelOf({ transport: 'request', exchanges: pollsOf(50, 1000, () => true) });
    expect(adviseOn(channel, sessionOf(HOUR_MS, [channel]))).toEqual([]);
  });
});
