import { describe, expect, it } from 'vitest';
import { inferEvents } from '../../../src/core/simulate/events.ts';
import type { ChannelFacts } from '../../../src/core/simulate/facts.ts';
import { createRandom } from '../../../src/core/simulate/random.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, sessionOf, T0 } from './facts-of.ts';
import { type Recording, recordLongPolling, recordPolling, recordStream } from './recorder.ts';
import { poissonTimes } from './worlds.ts';

const eventsOf = (channel: ChannelFacts, forMs = 60_000) => inferEvents(channel, sessionOf(forMs, [channel]))!.events;
const times = (channel: ChannelFacts) =>
  eventsOf(channel).map(({ earliestAt, latestAt, at, source }) => ({
    from: earliestAt - T0,
    to: latestAt - T0,
    at: at - T0,
    source,
  }));

describe('an event that a poll brought', () => {
  const polls = (...worths: Parameters<typeof exchangeOf>[1][]) =>
    channelOf({ exchanges: worths.map((given, i) => exchangeOf(i * 1000, { tookMs: 40, ...given })) });

  it('happened between the poll before and the answer', () => {
    const channel = polls({ worth: 'baseline' }, { worth: 'empty' }, { worth: 'useful' });
    expect(times(channel)).toEqual([{ from: 1000, to: 2040, at: 1520, source: 'poll-interval' }]);
  });

  it('is in the first answer too if the server says that it happened after the request', () => {
    const first = (at: number) => {
      const items = [{ stamp: T0 + at + 500, payloadBytes: 30 }];
      const channel = polls({ worth: 'baseline', tookMs: 200, items }, { worth: 'empty' });
      return times({ ...channel, clock: { offsetMs: 500, errorMs: 5 } });
    };
    expect(first(150)).toEqual([{ from: 145, to: 155, at: 150, source: 'stamp' }]);
    expect(first(-150)).toEqual([]);
  });

  it('may have happened before a poll that failed', () => {
    const channel = polls({ worth: 'baseline' }, { worth: 'error', status: 500 }, { worth: 'useful' });
    expect(times(channel)).toMatchObject([{ from: 0, to: 2040 }]);
  });

  it('may have happened before a poll whose content nobody saw', () => {
    const channel = polls({ worth: 'baseline' }, { worth: null }, { worth: 'useful' });
    expect(times(channel)).toMatchObject([{ from: 0, to: 2040 }]);
  });

  it('is each of those that its content lists, but none that was listed before', () => {
    const item = (at: number) => ({ stamp: T0 + at, payloadBytes: 30 });
    const channel = polls(
      { worth: 'baseline', items: [item(-500)] },
      { worth: 'useful', items: [item(-500), item(300), item(700)] },
      { worth: 'useful', items: [item(-500), item(300), item(700), item(1900)] },
    );
    expect(eventsOf(channel).map(({ source, payloadBytes }) => [source, payloadBytes])).toEqual([
      ['stamp', 30],
      ['stamp', 30],
      ['stamp', 30],
    ]);
  });

  it('is not known from the first answer, nor from a single one', () => {
    expect(times(polls({ worth: 'baseline' }, { worth: 'identical' }))).toEqual([]);
    const single = polls({ worth: 'baseline' });
    expect(inferEvents(single, sessionOf(1000, [single]))).toBeNull();
  });
});

describe('an event that ended a hold', () => {
  const hold = (tookMs: number) =>
    channelOf({
      transport: 'long-polling',
      exchanges: [
        exchangeOf(0, { worth: 'baseline', tookMs: 20 }),
        exchangeOf(100, { worth: 'useful', tookMs }),
        exchangeOf(5000, { worth: 'held-timeout', tookMs: 3000 }),
      ],
    });

  it('happened at most a round trip before the answer arrived', () => {
    expect(times(hold(3000))).toEqual([{ from: 3080, to: 3100, at: 3090, source: 'hold' }]);
  });

  it('but an answer at once only tells that it happened since the one before', () => {
    expect(times(hold(270))).toMatchObject([{ from: 0, to: 370, source: 'poll-interval' }]);
    expect(times(hold(271))).toMatchObject([{ from: 351, to: 371, source: 'hold' }]);
  });
});

describe('an event that a stream brought', () => {
  const stream = (given: Partial<ChannelFacts>) =>
    channelOf({ transport: 'sse', connections: [connectionOf(0)], ...given });

  it('happened at most a round trip before it arrived', () => {
    expect(times(stream({ messages: [messageOf(500)] }))).toEqual([{ from: 480, to: 500, at: 490, source: 'message' }]);
  });

  it('is neither a heartbeat nor what the page said', () => {
    const messages = [messageOf(500, { role: 'heartbeat' }), messageOf(600, { direction: 'sent' })];
    expect(times(stream({ messages }))).toEqual([]);
  });

  it('happened in the outage when a reconnect with Last-Event-ID brings it at once', () => {
    const reconnected = (lastEventId: string, at: number) =>
      stream({
        connections: [connectionOf(0, { closedAt: 10_000 }), connectionOf(13_000, { id: 2, lastEventId })],
        messages: [messageOf(at, { connectionId: 2 })],
      });
    expect(times(reconnected('7', 13_170))).toMatchObject([{ from: 9980, to: 13_170, source: 'outage' }]);
    expect(times(reconnected('7', 13_171))).toMatchObject([{ from: 13_151, source: 'message' }]);
    expect(times(reconnected('', 13_170))).toMatchObject([{ from: 13_150, source: 'message' }]);
  });

  it('is none when its stamp says it is older than the connection', () => {
    const items = (at: number) => [{ stamp: T0 + at, payloadBytes: 10 }];
    const messages = [messageOf(60, { items: items(-5000) }), messageOf(500, { items: items(490) })];
    expect(times(stream({ messages }))).toMatchObject([{ source: 'stamp' }]);
  });
});

describe('stamps', () => {
  it('tell the moment to within what a known clock may be off', () => {
    const items = [{ stamp: T0 + 7_500 + 1300, payloadBytes: 10 }];
    const exchanges = [exchangeOf(1000, { worth: 'baseline' }), exchangeOf(2000, { items })];
    const channel = channelOf({ exchanges, clock: { offsetMs: 7_500, errorMs: 3 } });
    expect(times(channel)).toEqual([{ from: 1297, to: 1303, at: 1300, source: 'stamp' }]);
  });

  it('that contradict what the polls show are not believed', () => {
    const items = [{ stamp: T0 + 9000, payloadBytes: 10 }];
    const exchanges = [exchangeOf(1000, { worth: 'baseline' }), exchangeOf(2000, { items })];
    const channel = channelOf({ exchanges, clock: { offsetMs: 0, errorMs: 3 } });
    expect(times(channel)).toMatchObject([{ from: 1000, to: 2020, source: 'poll-interval' }]);
  });
});

describe('what is not seen', () => {
  const snapshots = (useful: number, of: number) =>
    channelOf({
      exchanges: Array.from({ length: of + 1 }, (_, i) =>
        exchangeOf(i * 1000, { worth: i === 0 ? 'baseline' : i <= useful ? 'useful' : 'identical' }),
      ),
    });
  const inferred = (channel: ChannelFacts) => inferEvents(channel, sessionOf(60_000, [channel]))!;

  it('are states that were replaced between two polls, as many as random events would be', () => {
    // Half of the polls found something: ln 2 events a poll.
    expect(inferred(snapshots(10, 20)).unseen).toBeCloseTo(20 * Math.LN2 - 10);
    expect(inferred(snapshots(0, 20)).unseen).toBe(0);
  });

  it('are none where a channel is told of everything, or where every poll finds something they cannot be counted', () => {
    const log = channelOf({
      exchanges: [0, 1, 2].map((i) => exchangeOf(i * 1000, { worth: i === 2 ? 'useful' : 'empty' })),
    });
    expect(inferred(log).unseen).toBe(0);
    const always = snapshots(3, 3);
    const conditional = {
      ...always,
      exchanges: [...always.exchanges, exchangeOf(9000, { status: 304, worth: 'error' })],
    };
    expect(inferred(conditional).unseen).toBeNull();
  });

  it('are payloads that nobody told: they are taken to be like the others', () => {
    const messages = [100, 300, null, 120].map((payloadBytes, i) => messageOf(500 + i, { payloadBytes }));
    const channel = channelOf({ transport: 'websocket', connections: [connectionOf(0)], messages });
    expect(inferred(channel)).toMatchObject({ unknownPayloads: 1 });
    expect(inferred(channel).events.map(({ payloadBytes }) => payloadBytes)).toEqual([100, 300, 120, 120]);
  });
});

/** Ways there and back that differ, and differ from one message to the next. */
function unevenWay(seed: number) {
  const random = createRandom(seed);
  const [upMs, downMs] = [5 + random() * 100, 5 + random() * 100];
  return { up: () => upMs * (0.8 + 0.4 * random()), down: () => downMs * (0.8 + 0.4 * random()) };
}

describe('of random events over uneven ways, at least 95 % lie where they are said to lie', () => {
  const horizonMs = 120_000;
  const truth = (seed: number) => poissonTimes([0.2, 1, 5][seed % 3]! / 1000, horizonMs, seed + 1);

  /** Events and inferences pair up in order, since all ways keep it. */
  function shareInside(channel: ChannelFacts, happened: readonly number[]): number {
    const inferred = eventsOf(channel, horizonMs).toSorted((a, b) => a.latestAt - b.latestAt || a.at - b.at);
    const seen = happened.slice(0, inferred.length);
    expect(inferred.length).toBeGreaterThan(10);
    const inside = seen.filter((at, i) => inferred[i]!.earliestAt - T0 <= at && at <= inferred[i]!.latestAt - T0);
    return inside.length / seen.length;
  }

  describe.each(Array.from({ length: 12 }, (_, seed) => seed))('seed %d', (seed) => {
    const recording = (stamps: Recording['stamps']): Recording => ({
      way: unevenWay(seed),
      horizonMs,
      stamps,
      payloadBytes: 100,
    });

    it.each([500, 2000, 7000])('polled every %d ms with the server’s stamps, whatever its clock', (periodMs) => {
      const events = truth(seed).filter((at) => at > 200);
      const channel = recordPolling(events, periodMs, recording({ aheadMs: 3_600_000 * (seed - 6) }));
      expect(shareInside(channel, events)).toBeGreaterThanOrEqual(0.95);
    });

    it('polled, without stamps: some event lies in each interval, and none outside of all', () => {
      const events = truth(seed).filter((at) => at > 200);
      const inferred = eventsOf(recordPolling(events, 1000, recording(null)), horizonMs);
      const inSome = (at: number) =>
        inferred.some(({ earliestAt, latestAt }) => earliestAt - T0 <= at && at <= latestAt - T0);
      const hasSome = inferred.filter(({ earliestAt, latestAt }) =>
        events.some((at) => earliestAt - T0 <= at && at <= latestAt - T0),
      );
      expect(hasSome.length).toBe(inferred.length);
      const asked = events.filter((at) => at < horizonMs - 1000);
      expect(asked.filter(inSome).length).toBe(asked.length);
    });

    it('pushed', () => {
      const events = truth(seed);
      const channel = recordStream('sse', events, 250, recording(null));
      expect(shareInside(channel, events)).toBeGreaterThanOrEqual(0.95);
    });

    it('long-polled', () => {
      const events = truth(seed).filter((at) => at > 1000);
      const channel = recordLongPolling(events, 25_000, 250, recording({ aheadMs: 0 }));
      expect(shareInside(channel, events)).toBeGreaterThanOrEqual(0.95);
    });
  });
});
