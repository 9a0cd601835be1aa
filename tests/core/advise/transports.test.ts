import { describe, expect, it } from 'vitest';
import type { ChannelFacts, ExchangeFacts, SessionFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, exchangeOf, pollsOf, sessionOf } from '../simulate/facts-of.ts';
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

  it('is not for a page that spoke once or twice while it was watched', () => {
    // Twice in half a minute would be 240 times an hour, if it went on.
    const horizonMs = 30_000;
    const channel = {
      ...recordPolling(poissonTimes(20 / 60_000, horizonMs, 9), 1000, { ...NEAR, horizonMs }),
      rttMs: 20,
    };
    const said = (times: number) => {
      const exchanges = Array.from({ length: times }, (_, i) => exchangeOf(5000 * (i + 1), { requestBodyBytes: 50 }));
      return adviceOf('switch-to-websocket', channel, sessionOf(horizonMs, [channel, { ...saying(0), exchanges }]));
    };
    expect(said(2)).toBeNull();
    expect(said(3)).not.toBeNull();
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
