import { describe, expect, it } from 'vitest';
import { clientGapOf, sendingOf } from '../../../src/core/simulate/client.ts';
import { estimateOf, requestsOf } from '../../../src/core/simulate/ensemble.ts';
import { prepareWhatIf } from '../../../src/core/simulate/what-if.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, sessionOf, T0 } from './facts-of.ts';

/** Called at `at`, sent 3 ms later, answered after 20 more, read by the page 7 ms after that. */
const seen = (at: number, worth: 'useful' | 'empty' = 'useful') => {
  const exchange = exchangeOf(at, { worth, waitMs: 20 });
  return { ...exchange, sentAt: T0 + at + 3, respondedAt: T0 + at + 25, endedAt: T0 + at + 30 };
};
const polls = channelOf({ transport: 'polling', exchanges: [0, 1000, 2000, 3000].map((at) => seen(at)) });
const longPolls = channelOf({ transport: 'long-polling', exchanges: [0, 35, 70, 105].map((at) => seen(at)) });

describe('what the browser takes around a request', () => {
  it('is told by polls: to send, and to hand over what came', () => {
    expect(sendingOf(polls)).toEqual({ value: 3, low: 3, high: 3 });
    expect(clientGapOf(polls)).toEqual({ value: 7, low: 7, high: 7 });
  });

  it('is told by long polls from arrival to the next call, the page included', () => {
    expect(clientGapOf(longPolls)).toEqual({ value: 12, low: 12, high: 12 });
  });

  it('is not told by requests that failed, nor by streams', () => {
    const failed = channelOf({ exchanges: [{ ...seen(0), outcome: 'error' }] });
    expect(clientGapOf(failed)).toBeNull();
    expect(sendingOf(failed)).toBeNull();
    expect(clientGapOf(channelOf({ connections: [connectionOf(0)], messages: [messageOf(1)] }))).toBeNull();
  });

  it('is a time in which a long poll does not ask: what happens meanwhile comes together', () => {
    const events = [500, 1500, 2500].flatMap((at) => [at, at + 25, at + 45]);
    const requests = (browserMs: number) => {
      const exchanges = Array.from({ length: 8 }, (_, i) => {
        const at = i * 500 + 100;
        const items = events
          .filter((event) => event > at - 500 && event <= at)
          .map((event) => ({ stamp: T0 + event, payloadBytes: 50 }));
        const poll = seen(at, items.length > 0 ? 'useful' : 'empty');
        return { ...poll, items: items.length > 0 ? items : null, endedAt: T0 + at + 23 + browserMs };
      });
      const channel = channelOf({ exchanges, clock: { offsetMs: 0, errorMs: 0 } });
      const whatIf = prepareWhatIf(channel, sessionOf(4000, [channel]))!;
      return estimateOf(whatIf.play({ transport: 'long-polling', timeoutMs: 25_000 }), requestsOf)!.value;
    };
    // Asked again after 20 + 3 + 1 ms each event ends a poll of its own, after 20 + 3 + 30 ms the second tells of two.
    expect(requests(1)).toBe(9 + 1);
    expect(requests(30)).toBe(6 + 1);
  });
});
