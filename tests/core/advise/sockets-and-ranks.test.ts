import { describe, expect, it } from 'vitest';
import { advise, adviseOn } from '../../../src/core/advise/rules.ts';
import type { ChannelFacts, SessionFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, connectionOf, messageOf, sessionOf, T0 } from '../simulate/facts-of.ts';
import { type Recording, recordPolling, recordStream } from '../simulate/recorder.ts';
import { poissonTimes } from '../simulate/worlds.ts';
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
const session = (...channels: ChannelFacts[]): SessionFacts => sessionOf(HOUR_MS, channels);

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
