import { describe, expect, it } from 'vitest';
import type { ChannelFacts, ExchangeFacts } from '../../../src/core/simulate/facts.ts';
import { createRandom } from '../../../src/core/simulate/random.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, PAGE, pollsOf } from '../simulate/facts-of.ts';
import { findingsOf } from './support.ts';

const polls = (count: number, given: Partial<ChannelFacts> = {}, exchange: Parameters<typeof exchangeOf>[1] = {}) =>
  channelOf({ exchanges: pollsOf(count, 1000, () => false, exchange), ...given });
/** The same polls, the first `count` of them changed. */
const withFirst = (channel: ChannelFacts, count: number, change: Partial<ExchangeFacts>): ChannelFacts => ({
  ...channel,
  exchanges: channel.exchanges.map((exchange, i) => (i < count ? { ...exchange, ...change } : exchange)),
});

describe('polling-while-hidden', () => {
  const hidden = (count: number, of: number) =>
    findingsOf('polling-while-hidden', withFirst(polls(of), count, { hidden: true }));

  it('is found from the third poll of a hidden page on', () => {
    expect(hidden(3, 30)).toMatchObject([
      { severity: 'warning', evidence: { hiddenPolls: 3, of: 30, hiddenPollsPerHour: 3 } },
    ]);
    expect(hidden(2, 30)).toEqual([]);
  });

  it('is a warning from a tenth of the polls on', () => {
    expect(hidden(3, 31)).toMatchObject([{ severity: 'info' }]);
  });

  it('does not take "nobody knows" for hidden', () => {
    expect(findingsOf('polling-while-hidden', withFirst(polls(30), 30, { hidden: null }))).toEqual([]);
  });
});

describe('polling-beside-stream', () => {
  const stream = (given: Partial<ChannelFacts> = {}) =>
    channelOf({
      id: 2,
      transport: 'sse',
      url: 'https://app.test/events',
      connections: [connectionOf(0)],
      messages: [messageOf(7000)],
      ...given,
    });
  const beside = (poller: ChannelFacts, other: ChannelFacts) => findingsOf('polling-beside-stream', [poller, other]);

  it('is a page that polls in vain while a stream of the same host is open', () => {
    expect(beside(polls(20), stream())).toMatchObject([
      { severity: 'warning', channelIds: [1, 2], evidence: { polls: 14, wasted: 14, messages: 1 } },
    ]);
  });

  it('is less sure when the polls bring news of their own', () => {
    const useful = channelOf({ exchanges: pollsOf(20, 1000, (i) => i % 3 === 0) });
    expect(beside(useful, stream())).toMatchObject([{ severity: 'info' }]);
  });

  it('lets a fallback go on for a moment after the stream opened', () => {
    // Five seconds after the opening at 50 ms, polls at 6, 7 and 8 s count.
    expect(beside(polls(9), stream())).toHaveLength(1);
    expect(beside(polls(8), stream())).toEqual([]);
  });

  it('is not found beside a stream that is closed, silent, of another host or another page', () => {
    expect(beside(polls(20), stream({ connections: [connectionOf(0, { closedAt: 7500 })] }))).toEqual([]);
    expect(beside(polls(20), stream({ messages: [] }))).toEqual([]);
    expect(beside(polls(20), stream({ url: 'https://other.test/events' }))).toEqual([]);
    expect(beside(polls(20), stream({ documentKey: 'document-2' }))).toEqual([]);
  });
});

describe('instant-long-poll', () => {
  const loop = (waitMs: number, count = 10, gapMs = 5, isUseful = (_: number) => false) =>
    channelOf({
      transport: 'long-polling',
      exchanges: pollsOf(count, waitMs + gapMs, isUseful, { tookMs: waitMs }),
    });
  const found = (channel: ChannelFacts) => findingsOf('instant-long-poll', channel);

  it('is a request after the other, answered at once with nothing', () => {
    expect(found(loop(20))).toMatchObject([
      { severity: 'error', evidence: { requests: 10, instant: 10, wasted: 9, medianWaitMs: 20 } },
    ]);
    expect(found(loop(20, 9))).toEqual([]);
  });

  it('is not a long poll that is held', () => {
    expect(found(loop(270))).toHaveLength(1);
    expect(found(loop(271))).toEqual([]);
  });

  it('is not a poll that waits before it asks again', () => {
    expect(found(loop(20, 10, 30))).toHaveLength(1);
    expect(found(loop(20, 10, 31))).toEqual([]);
  });

  it('is not a busy channel whose answers bring news', () => {
    expect(found(loop(20, 10, 5, (i) => i > 5))).toHaveLength(1);
    expect(found(loop(20, 10, 5, (i) => i > 4))).toEqual([]);
  });
});

describe('socket-io-stuck-on-polling', () => {
  const url = 'https://app.test/socket.io/?EIO=4&transport=polling&sid=1';
  const engine = (forMs: number, given: Partial<ChannelFacts> = {}) =>
    channelOf({ url, transport: 'long-polling', exchanges: [exchangeOf(0), exchangeOf(forMs)], ...given });
  const socket = (openedAt: number | null) =>
    channelOf({
      id: 2,
      transport: 'websocket',
      url: 'wss://app.test/socket.io/?EIO=4&transport=websocket&sid=1',
      connections: [connectionOf(1000, { openedAt })],
    });
  const found = (...channels: ChannelFacts[]) => findingsOf('socket-io-stuck-on-polling', channels);

  it('is polling that still goes on ten seconds after it began', () => {
    expect(found(engine(10_000))).toMatchObject([{ evidence: { pollingForMs: 10_000, upgradeTried: false } }]);
    expect(found(engine(9999))).toEqual([]);
  });

  it('tells an upgrade that failed from one that was never tried', () => {
    expect(found(engine(10_000), socket(null))).toMatchObject([
      { channelIds: [1, 2], evidence: { upgradeTried: true } },
    ]);
    expect(found(engine(10_000), socket(1100))).toEqual([]);
  });

  it('is not any other polling', () => {
    expect(found(engine(10_000, { url: 'https://app.test/news?transport=polling' }))).toEqual([]);
  });
});

describe('duplicate-pollers', () => {
  const found = (...channels: ChannelFacts[]) => findingsOf('duplicate-pollers', channels);
  const inOther = (count: number, given: Partial<ChannelFacts> = {}) =>
    polls(count, { id: 2, documentKey: 'document-2', ...given });

  const startingAt = (starts: readonly number[]) =>
    channelOf({ exchanges: starts.map((at) => exchangeOf(at, { worth: 'empty' })) });

  it('are two documents that ask for the same at the same time', () => {
    expect(found(polls(10), inOther(10))).toMatchObject([
      { channelIds: [1, 2], evidence: { kind: 'documents', documents: 2, polls: 20 } },
    ]);
    expect(found(polls(10), inOther(3))).toHaveLength(1);
    expect(found(polls(10), inOther(2))).toEqual([]);
    expect(found(polls(10), inOther(10, { urlTemplate: '/weather' }))).toEqual([]);
    expect(found(polls(10), inOther(10, { documentKey: PAGE }))).toEqual([]);
  });

  it('are two parts of a page that ask in the same tick', () => {
    const ticks = (offMs: number, url?: string) =>
      channelOf({
        exchanges: pollsOf(10, 1000, () => false).flatMap((exchange, i) => [
          exchange,
          exchangeOf(i * 1000 + offMs, { worth: 'identical', ...(url === undefined ? {} : { url }) }),
        ]),
      });
    expect(found(ticks(49))).toMatchObject([{ evidence: { kind: 'same-tick', doubled: 10, polls: 20 } }]);
    expect(found(ticks(50)).map(({ evidence }) => evidence.kind)).not.toContain('same-tick');
    // Another path is another question.
    expect(found(ticks(49, 'https://app.test/users/2'))).toEqual([]);
  });

  it('are two timers of the same period', () => {
    const timers = (secondPeriodMs: number, offMs = 700) => {
      const first = Array.from({ length: 12 }, (_, i) => i * 3000);
      const second = Array.from({ length: 12 }, (_, i) => offMs + i * secondPeriodMs);
      return startingAt([...first, ...second].toSorted((a, b) => a - b));
    };
    expect(found(timers(3000))).toMatchObject([{ evidence: { kind: 'two-timers' } }]);
    expect(found(timers(4100))).toEqual([]);
    expect(found(polls(30))).toEqual([]);
    // Halfway between the other's ticks, nothing tells them from one timer.
    expect(found(timers(3000, 1199))).toHaveLength(1);
    expect(found(timers(3000, 1201))).toEqual([]);
  });

  it('are not one timer that a busy page lets strike unevenly', () => {
    const random = createRandom(7);
    for (const periodMs of [400, 800, 3000])
      for (let page = 0; page < 40; page++) {
        const starts = Array.from({ length: 12 + (page % 29) }, (_, i) => (i + random() ** 3 / 4) * periodMs);
        expect(found(startingAt(starts))).toEqual([]);
      }
  });
});
