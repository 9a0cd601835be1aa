import { describe, expect, it } from 'vitest';
import type { ChannelFacts, ExchangeFacts, NetworkFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, type exchangeOf, pollsOf } from '../simulate/facts-of.ts';
import { findingsOf } from './support.ts';

const polls = (count: number, given: Partial<ChannelFacts> = {}, exchange: Parameters<typeof exchangeOf>[1] = {}) =>
  channelOf({ exchanges: pollsOf(count, 1000, () => false, exchange), ...given });
/** The same polls, the first `count` of them changed. */
const withFirst = (channel: ChannelFacts, count: number, change: Partial<ExchangeFacts>): ChannelFacts => ({
  ...channel,
  exchanges: channel.exchanges.map((exchange, i) => (i < count ? { ...exchange, ...change } : exchange)),
});

describe('oversized-headers', () => {
  const sized = (requestHeaderBytes: number, cookieBytes: number, count = 5) =>
    findingsOf('oversized-headers', polls(count, {}, { network: { requestHeaderBytes, cookieBytes } }));

  it('are more than two packets to ask a question', () => {
    expect(sized(2921, 2000)).toMatchObject([
      { severity: 'warning', evidence: { medianBytes: 2921, cookieBytes: 2000, bytesPerHour: 5 * 2921 } },
    ]);
    expect(sized(2920, 2000)).toEqual([]);
    expect(sized(2921, 2000, 4)).toEqual([]);
  });

  it('are an error where servers begin to refuse them', () => {
    expect(sized(7371, 0)).toMatchObject([{ severity: 'warning' }]);
    expect(sized(7372, 0)).toMatchObject([{ severity: 'error' }]);
  });

  it('blame cookies where these are half of them', () => {
    expect(sized(3000, 1500)[0]!.fixes).toContain('move-state-out-of-cookies');
    expect(sized(3000, 1499)[0]!.fixes).not.toContain('move-state-out-of-cookies');
  });
});

describe('uncompressed-polls', () => {
  const answers = (
    payloadBytes: number,
    network: Partial<NetworkFacts> = {},
    exchange: Partial<ExchangeFacts> = {},
    count = 5,
  ) => findingsOf('uncompressed-polls', polls(count, {}, { payloadBytes, network, ...exchange }));

  it('are texts of more than a packet, sent as they are', () => {
    expect(answers(1400)).toMatchObject([{ evidence: { answers: 5, of: 5, medianBytes: 1400, bytesPerHour: 7000 } }]);
    expect(answers(1399)).toEqual([]);
    expect(answers(1400, {}, {}, 4)).toEqual([]);
  });

  it('are not compressed, cached or other content', () => {
    expect(answers(5000, { contentEncoding: 'gzip' })).toEqual([]);
    expect(answers(5000, { contentEncoding: 'identity' })).toHaveLength(1);
    expect(answers(5000, { fromCache: true })).toEqual([]);
    expect(answers(5000, {}, { contentType: 'image/png' })).toEqual([]);
    expect(answers(5000, {}, { contentType: 'text/html; charset=utf-8' })).toHaveLength(1);
  });

  it('are no matter where few answers are large', () => {
    const mixed = (large: number, of: number) =>
      findingsOf('uncompressed-polls', withFirst(polls(of), large, { payloadBytes: 5000 }));
    expect(mixed(5, 10)).toHaveLength(1);
    expect(mixed(5, 11)).toEqual([]);
  });
});

describe('missing-cache-headers', () => {
  const found = (channel: ChannelFacts) => findingsOf('missing-cache-headers', channel);
  const bare = { cacheControl: null };

  it('let a cache guess where Cache-Control is missing from four answers of five', () => {
    const mixed = (without: number, of: number) => {
      const channel = polls(of);
      return channelOf({
        exchanges: channel.exchanges.map((e, i) => (i < without ? { ...e, network: { ...e.network!, ...bare } } : e)),
      });
    };
    expect(found(mixed(4, 5))).toMatchObject([{ severity: 'info', fixes: ['send-cache-control'] }]);
    expect(found(mixed(3, 5))).toEqual([]);
    expect(found(mixed(4, 4))).toEqual([]);
  });

  it('send whole what repeats where no answer has a validator', () => {
    const repeating = (repeated: number, hasValidator = false) =>
      found(
        withFirst(polls(10, {}, { network: { hasValidator } }), repeated, { worth: 'identical', payloadBytes: 900 }),
      );
    expect(repeating(5)).toMatchObject([
      { severity: 'warning', fixes: ['send-an-etag'], evidence: { repeated: 5, repeatedBytes: 4500 } },
    ]);
    expect(repeating(4)).toEqual([]);
    expect(repeating(5, true)).toEqual([]);
  });

  it('are not expected of a POST', () => {
    expect(found(polls(10, { method: 'POST' }, { network: bare }))).toEqual([]);
  });
});

describe('polling-faster-than-data', () => {
  const found = (count: number, news: number) =>
    findingsOf('polling-faster-than-data', channelOf({ exchanges: pollsOf(count + 1, 1000, (i) => i <= news) }));

  it('is polling of which four of five find nothing', () => {
    expect(found(20, 4)).toMatchObject([{ evidence: { periodMs: 1000, meanNewsGapMs: 5000, wasted: 16, polls: 20 } }]);
    expect(found(20, 5)).toEqual([]);
    expect(found(19, 3)).toEqual([]);
  });

  it('has no news to tell the gap of when there was none', () => {
    expect(found(20, 0)).toMatchObject([{ evidence: { meanNewsGapMs: null } }]);
  });
});
