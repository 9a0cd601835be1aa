import { describe, expect, it } from 'vitest';
import {
  expectLongPolling,
  expectPolling,
  expectRegularPolling,
  expectStream,
  periodForLatencyMs,
  periodForWasteMs,
  pollingLatencyQuantileMs,
} from '../../../src/core/simulate/closed-form.ts';
import { simulate } from '../../../src/core/simulate/simulate.ts';
import { periodicOutages } from '../../../src/core/simulate/stream.ts';
import { eventsAt, mean, poissonTimes, pollEvery, regularTimes, worldOf } from './worlds.ts';

const LINK = { upMs: 40, downMs: 30, serviceMs: 10, clientGapMs: 20 };
const AFTER_READ_MS = LINK.serviceMs + LINK.downMs;
const TURNAROUND_MS = LINK.upMs + LINK.downMs + LINK.clientGapMs + LINK.serviceMs;
const COUNT = 100_000;
/** Outages are fewer than events, and each decides over many of them. */
const MANY = 250_000;
/** Per second: from a news ticker to a busy chat. */
const RATES = [0.05, 1, 20];

const within1Percent = (measured: number, expected: number): void => {
  expect(Math.abs(measured / expected - 1), `${measured} is not ${expected} ± 1 %`).toBeLessThan(0.01);
};

/** Within 1 %, or within what chance allows a count as small as this one: three standard errors. */
const sameShare = (count: number, of: number, expected: number): void => {
  const tolerance = Math.max(0.01 * expected, 3 * Math.sqrt(expected / of));
  expect(Math.abs(count / of - expected), `${count} of ${of} is not ${expected}`).toBeLessThan(tolerance);
};

describe.each(RATES)('random events, %d a second', (perSecond) => {
  const eventsPerMs = perSecond / 1000;
  const horizonMs = COUNT / eventsPerMs;
  const events = eventsAt(poissonTimes(eventsPerMs, horizonMs, 7));
  const world = worldOf({ horizonMs, link: LINK });

  it.each([0.2, 1, 3])('polled %d times as slowly as they come, are as theory expects', (share) => {
    const periodMs = share / eventsPerMs;
    const expected = expectPolling(eventsPerMs, periodMs, AFTER_READ_MS);
    const log = simulate(events, world, pollEvery(periodMs));
    within1Percent(log.requests / horizonMs, expected.requestsPerMs);
    sameShare(log.wasted, log.requests, expected.wastedShare);
    within1Percent(log.latenciesMs.length / log.useful, expected.eventsPerUseful);
    within1Percent(mean(log.latenciesMs), expected.meanLatencyMs);
    const sorted = log.latenciesMs.toSorted((a, b) => a - b);
    within1Percent(sorted[Math.floor(0.95 * sorted.length)]!, pollingLatencyQuantileMs(0.95, periodMs, AFTER_READ_MS));
    const snapshot = simulate(events, world, pollEvery(periodMs, { mode: 'snapshot' }));
    sameShare(snapshot.coalesced, events.length, expected.coalescedShare);
  });

  it.each([0.3, 2])('long-polled with a hold of %d gaps, are as theory expects', (gaps) => {
    const timeoutMs = gaps / eventsPerMs;
    const expected = expectLongPolling(eventsPerMs, timeoutMs, TURNAROUND_MS, AFTER_READ_MS);
    const played = simulate(events, world, { transport: 'long-polling', timeoutMs });
    within1Percent(played.requests / horizonMs, expected.requestsPerMs);
    sameShare(played.wasted, played.requests, expected.wastedShare);
    within1Percent(mean(played.latenciesMs), expected.meanLatencyMs);
    expect(Math.max(...played.latenciesMs.slice(0, 100_000))).toBeLessThanOrEqual(expected.maxLatencyMs + 1e-6);
  });

  it('lose or wait for what falls into the outages of a stream', () => {
    const drops = { everyMs: 20 / eventsPerMs, outageMs: 5 / eventsPerMs };
    const horizonMs = MANY / eventsPerMs;
    const events = eventsAt(poissonTimes(eventsPerMs, horizonMs, 7));
    const world = worldOf({ horizonMs, link: LINK });
    const outages = periodicOutages(drops.everyMs, drops.outageMs, horizonMs);
    for (const replay of [true, false]) {
      const expected = expectStream(AFTER_READ_MS, { ...drops, replay });
      const played = simulate(events, { ...world, outages, replay }, { transport: 'sse' });
      within1Percent(mean(played.latenciesMs), expected.meanLatencyMs);
      if (!replay) sameShare(played.lost, events.length, expected.lostShare);
      within1Percent(played.connectionsHeld, 20 / 25);
    }
    const undisturbed = simulate(events, world, { transport: 'websocket', deflate: false });
    within1Percent(mean(undisturbed.latenciesMs), expectStream(AFTER_READ_MS, null).meanLatencyMs);
  });
});

it('regular events follow the law of Bozdag et al.: pull fits only at the publisher’s own period', () => {
  const eventMs = 1000;
  const events = eventsAt(regularTimes(eventMs, 100_000, 500));
  const world = worldOf({ horizonMs: 100_000 * eventMs });
  for (const periodMs of [250, 500, 1000, 2000, 4000]) {
    const { wastedShare, coalescedShare } = expectRegularPolling(eventMs, periodMs);
    const played = simulate(events, world, pollEvery(periodMs, { mode: 'snapshot' }));
    expect(played.wasted / played.requests).toBeCloseTo(wastedShare, 3);
    expect(played.coalesced / events.length).toBeCloseTo(coalescedShare, 3);
  }
});

it('silence costs nothing but requests that time out', () => {
  expect(expectPolling(1e-12, 1000, 50).wastedShare).toBeCloseTo(1, 6);
  expect(expectLongPolling(0, 5000, 50, 25)).toMatchObject({ requestsPerMs: 1 / 5050, wastedShare: 1 });
});

describe('the design rules of polling', () => {
  it('keep the mean latency within a target', () => {
    const periodMs = periodForLatencyMs(1000, AFTER_READ_MS);
    expect(expectPolling(0.001, periodMs, AFTER_READ_MS).meanLatencyMs).toBeCloseTo(1000);
    expect(periodForLatencyMs(10, AFTER_READ_MS)).toBe(0);
  });
  it('keep the waste within a share', () => {
    expect(expectPolling(0.001, periodForWasteMs(0.25, 0.001), 0).wastedShare).toBeCloseTo(0.25);
    expect(periodForWasteMs(0.25, 0)).toBe(Infinity);
  });
});
