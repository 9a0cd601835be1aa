import { describe, expect, it } from 'vitest';
import { advise, adviseOn } from '../../../src/core/advise/rules.ts';
import type { ChannelFacts, ExchangeFacts, SessionFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, pollsOf, sessionOf, T0 } from '../simulate/facts-of.ts';
import { type Recording, recordLongPolling, recordPolling, recordStream } from '../simulate/recorder.ts';
import { poissonTimes, regularTimes } from '../simulate/worlds.ts';
import { adviceOf } from './support.ts';

const HOUR_MS = 3_600_000;
const recordingOf = (oneWayMs: number): Recording => ({
  way: { up: () => oneWayMs, down: () => oneWayMs },
  horizonMs: HOUR_MS,
  stamps: { aheadMs: 0 },
  payloadBytes: 100,
});
const NEAR = recordingOf(10);
const randomEvents = (perMinute: number) => poissonTimes(perMinute / 60_000, HOUR_MS, 9);
const polling = (periodMs: number, perMinute: number): ChannelFacts => ({
  ...recordPolling(randomEvents(perMinute), periodMs, NEAR),
  rttMs: 20,
});
/** What a person on the page says, `perMinute` times, in requests of their own. */
const saying = (perMinute: number): ChannelFacts =>
  channelOf({
    id: 2,
    transport: 'request',
    method: 'POST',
    url: 'https://app.test/say',
    exchanges:
      perMinute === 0
        ? []
        : regularTimes(60_000 / perMinute, Math.floor(60 * perMinute), 500).map((at) =>
            exchangeOf(at, { requestBodyBytes: 50 }),
          ),
  });
const session = (...channels: ChannelFacts[]): SessionFacts => sessionOf(HOUR_MS, channels);

describe('switch-to-sse', () => {
  it('is for a page that only listens: one request, and news at once', () => {
    const channel = polling(2000, 4);
    const found = adviceOf('switch-to-sse', channel, session(channel))!;
    expect(found).toMatchObject({ transport: 'sse', effort: 'medium', evidence: { openings: 1, sendsPerMinute: 0 } });
    expect(found.saving.requestsPerHour.value).toBeCloseTo(1799, -1);
    expect(found.saving.stalenessMs.from!.value).toBeGreaterThan(900);
    expect(found.saving.stalenessMs.to!.value).toBeLessThan(30);
    expect(found.saving.bytesPerHour.low).toBeLessThanOrEqual(found.saving.bytesPerHour.value);
    expect(found.wouldChangeIf.map(({ id }) => id)).toContain('server-cannot-be-changed');
  });

  it('is not worth it where hardly a request is saved', () => {
    // A held connection costs as much as a request a minute: silent polls every 40 s save half of 94 points, every 45 s 24.
    const quiet = (periodMs: number) => channelOf({ exchanges: pollsOf(HOUR_MS / periodMs, periodMs, () => false) });
    expect(adviceOf('switch-to-sse', quiet(40_000), session())).not.toBeNull();
    expect(adviceOf('switch-to-sse', quiet(45_000), session())).toBeNull();
  });

  it('gives way to a WebSocket when the page speaks more often than the advice itself says', () => {
    const channel = polling(2000, 4);
    const silent = adviceOf('switch-to-sse', channel, session(channel))!;
    const turning = silent.wouldChangeIf.find(({ id }) => id === 'sends-per-minute-above')!.value!;
    expect(turning).toBeGreaterThan(0);
    const less = session(channel, saying(0.9 * turning));
    const more = session(channel, saying(1.1 * turning));
    expect(adviceOf('switch-to-sse', channel, less)).not.toBeNull();
    expect(adviceOf('switch-to-sse', channel, more)).toBeNull();
    expect(adviceOf('switch-to-websocket', channel, less)).toBeNull();
    expect(adviceOf('switch-to-websocket', channel, more)).not.toBeNull();
  });

  it('names the period at which polling would do as well', () => {
    const channel = polling(1000, 0.02);
    const found = adviceOf('switch-to-sse', channel, session(channel))!;
    const enough = found.wouldChangeIf.find(({ id }) => id === 'period-above-ms')!.value!;
    expect(enough).toBeGreaterThan(1000);
    expect(adviceOf('switch-to-sse', polling(enough, 0.02), session(channel))).toBeNull();
  });

  it('minds what applies here and nothing else', () => {
    const plain = polling(2000, 4);
    const exchanges = plain.exchanges.map(
      (e): ExchangeFacts => ({ ...e, network: { ...e.network!, authorized: true, cacheControl: 'max-age=5' } }),
    );
    const authorized = { ...plain, exchanges, httpVersion: 'h2' };
    const caveats = (channel: ChannelFacts) => adviceOf('switch-to-sse', channel, session(channel))!.caveats;
    expect(caveats(plain)).toEqual([
      'six-connections',
      'buffering-proxy',
      'idle-timeouts',
      'http2-cheaper-bytes',
      'server-must-replay',
    ]);
    expect(caveats(authorized)).toEqual([
      'buffering-proxy',
      'idle-timeouts',
      'auth-headers',
      'bypasses-caches',
      'server-must-replay',
    ]);
  });
});

describe('switch-to-websocket', () => {
  it('is for a page that talks as much as it listens', () => {
    const channel = polling(1000, 20);
    const found = adviceOf('switch-to-websocket', channel, session(channel, saying(20)))!;
    expect(found).toMatchObject({ transport: 'websocket', effort: 'high', evidence: { sends: 1200, binary: false } });
    // What the page said in requests of its own is part of what is saved.
    expect(found.saving.requestsPerHour.value).toBeCloseTo(3600 + 1200 - 1, -1);
    expect(adviceOf('switch-to-websocket', channel, session(channel, saying(0)))).toBeNull();
  });

  it('is for what is not text', () => {
    const channel = polling(1000, 20);
    const exchanges = channel.exchanges.map((e) => ({ ...e, contentType: 'application/octet-stream' }));
    const binary = { ...channel, exchanges };
    expect(adviceOf('switch-to-websocket', binary, session(binary))?.evidence.binary).toBe(true);
    expect(adviceOf('switch-to-sse', binary, session(binary))).toBeNull();
  });

  it('leaves an event stream for the same reason', () => {
    const stream = recordStream('sse', randomEvents(20), 20, NEAR);
    expect(adviceOf('switch-to-websocket', stream, session(stream, saying(20)))).not.toBeNull();
    expect(adviceOf('switch-to-websocket', stream, session(stream, saying(0)))).toBeNull();
  });
});

describe('leave-long-polling', () => {
  const longPolling = (perSecond: number, given: Partial<ChannelFacts> = {}): ChannelFacts => {
    const far = { ...recordingOf(100), horizonMs: 120_000 };
    const events = poissonTimes(perSecond / 1000, 120_000, 2);
    return { ...recordLongPolling(events, 25_000, 200, far), ...given };
  };

  it('is due when more than one event comes before the page can ask again', () => {
    const channel = longPolling(8);
    const found = adviceOf('leave-long-polling', channel, session(channel))!;
    expect(found.transport).toBe('sse');
    expect(found.evidence.eventsPerTurnaround).toBeGreaterThan(1);
    expect(found.evidence.turnaroundMs).toBeCloseTo(201);
    expect(found.saving.requestsPerHour.value).toBeGreaterThan(10_000);
  });

  it('is not due before: then an event stream saves the requests', () => {
    const channel = longPolling(4);
    expect(adviceOf('leave-long-polling', channel, session(channel))).toBeNull();
    expect(adviceOf('switch-to-sse', channel, session(channel))).not.toBeNull();
    const pressed = longPolling(8);
    expect(adviceOf('switch-to-sse', pressed, session(pressed))).toBeNull();
  });

  it('turns where it says', () => {
    const channel = longPolling(8);
    const { wouldChangeIf } = adviceOf('leave-long-polling', channel, session(channel))!;
    const perMinute = wouldChangeIf.find(({ id }) => id === 'events-per-minute-below')!.value!;
    expect(perMinute).toBeCloseTo(60_000 / 201, 0);
  });
});

describe('switch-to-long-polling', () => {
  const attempts = (failed: number, of: number, openedAt: (at: number) => number | null = () => null) =>
    channelOf({
      transport: 'websocket',
      connections: Array.from({ length: of }, (_, i) => {
        const at = i * 10_000;
        return i < failed
          ? connectionOf(at, { id: i, openedAt: openedAt(at), closedAt: at + 1040 })
          : connectionOf(at, { id: i, closedAt: at + 9000 });
      }),
      messages: [messageOf(500, { connectionId: 99 })],
    });
  const advice = (channel: ChannelFacts) => adviceOf('switch-to-long-polling', channel, session(channel));

  it('is the fallback where four of five attempts at a stream fail', () => {
    expect(advice(attempts(4, 5))).toMatchObject({ transport: 'long-polling', evidence: { attempts: 5, failed: 4 } });
    expect(advice(attempts(3, 4))).toBeNull();
    expect(advice(attempts(2, 2))).toBeNull();
  });

  it('counts a connection that is cut within a second as failed', () => {
    expect(advice(attempts(5, 5, (at) => at + 41))).not.toBeNull();
    expect(advice(attempts(5, 5, (at) => at + 40))).toBeNull();
  });

  it('comes before all other advice', () => {
    const channel = attempts(5, 5);
    expect(adviseOn(channel, session(channel))[0]!.rule).toBe('switch-to-long-polling');
  });
});

describe('sse-instead-of-one-way-websocket', () => {
  const socket = (received: number, sent: number) => {
    const messages = [
      ...Array.from({ length: received }, (_, i) => messageOf(1000 * (i + 1))),
      ...Array.from({ length: sent }, (_, i) => messageOf(1000 * i + 60, { direction: 'sent' })),
      messageOf(90, { direction: 'sent', role: 'control' }),
    ];
    return channelOf({ transport: 'websocket', connections: [connectionOf(0)], messages });
  };
  const advice = (channel: ChannelFacts) => adviceOf('sse-instead-of-one-way-websocket', channel, session(channel));

  it('is for a socket on which the page only subscribes', () => {
    expect(advice(socket(10, 1))).toMatchObject({
      transport: 'sse',
      evidence: { received: 10, sent: 1, reconnects: 0 },
    });
    expect(advice(socket(10, 2))).toBeNull();
    expect(advice(socket(9, 1))).toBeNull();
  });

  it('does not promise that it saves much', () => {
    const { saving } = advice(socket(50, 1))!;
    expect(Math.abs(saving.pointsPerHour.value)).toBeLessThan(10);
  });

  it('is not for what is not text', () => {
    const channel = socket(10, 0);
    expect(advice({ ...channel, messages: channel.messages.map((m) => ({ ...m, binary: true })) })).toBeNull();
  });
});

describe('jitter', () => {
  const retrying = (delays: number[]) =>
    channelOf({
      transport: 'websocket',
      connections: [0, ...delays].map((delay, i) => {
        const at = i * 20_000;
        return connectionOf(at, { id: i, startedAt: T0 + at, closedAt: at + 20_000 - (delays[i] ?? delay) });
      }),
    });
  const advice = (channel: ChannelFacts) => adviceOf('jitter', channel, session(channel));

  it('is for a socket that comes back after the same delay each time', () => {
    expect(advice(retrying([1000, 1010, 990, 1000]))?.evidence).toMatchObject({ kind: 'fixed-retry', delayMs: 1000 });
    expect(advice(retrying([1000, 1010]))).toBeNull();
    expect(advice(retrying([1000, 1900, 700, 4000]))).toBeNull();
  });
});

describe('keep-it', () => {
  it('is the verdict on polling every two minutes for what happens three times an hour', () => {
    const channel = polling(120_000, 0.05);
    const [first] = adviseOn(channel, session(channel));
    expect(first).toMatchObject({ rule: 'keep-it', transport: 'polling' });
    expect(adviceOf('keep-it', polling(2000, 4), session())).toBeNull();
  });

  it('is the verdict on a stream that stands', () => {
    for (const transport of ['sse', 'websocket'] as const) {
      const channel = recordStream(transport, randomEvents(10), 20, NEAR);
      const found = adviceOf('keep-it', channel, session(channel))!;
      expect(found.transport).toBe(transport);
      expect(found.evidence.others.map((other) => other.transport)).toContain('long-polling');
    }
  });

  it('turns about where it says', () => {
    const at = (perMinute: number) => {
      const channel = polling(120_000, perMinute);
      return adviceOf('keep-it', channel, session(channel));
    };
    const turning = at(0.05)!.wouldChangeIf.find(({ id }) => id === 'events-per-minute-above')!.value!;
    expect(at(0.5 * turning)).not.toBeNull();
    expect(at(2 * turning)).toBeNull();
  });
});

describe('advice is ranked', () => {
  it('by what it saves, so that the first names the transport that costs least', () => {
    const channel = polling(2000, 10);
    const ranked = adviseOn(channel, session(channel));
    expect(ranked[0]!.rule).toBe('switch-to-sse');
    const points = ranked.map(({ saving }) => saving.pointsPerHour.value);
    expect(points).toEqual(points.toSorted((a, b) => b - a));
  });

  it('over all channels, each under its own id', () => {
    const busy = polling(2000, 10);
    const slow = { ...polling(5000, 1), id: 7 };
    const all = advise(session(slow, busy));
    expect(all[0]!.channelId).toBe(1);
    expect(new Set(all.map(({ channelId }) => channelId))).toEqual(new Set([1, 7]));
  });

  it('under other weights otherwise', () => {
    const channel = polling(2000, 4);
    const patient = { request: 1, byte: 0, staleSecond: 0.0001, connectionHour: 10_000, lostEvent: 1 };
    expect(adviseOn(channel, session(channel), patient)[0]!.rule).toBe('tune-interval');
  });
});
