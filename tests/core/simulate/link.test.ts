import { describe, expect, it } from 'vitest';
import { inferEvents } from '../../../src/core/simulate/events.ts';
import { serviceOf, wayDownOf } from '../../../src/core/simulate/link.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, sessionOf, T0 } from './facts-of.ts';

const stamped = (n: number, downMs: number, offsetMs = 0) =>
  Array.from({ length: n }, (_, i) =>
    messageOf(i * 1000 + downMs, { items: [{ stamp: T0 + i * 1000 + offsetMs, payloadBytes: 100 }] }),
  );

describe('the way from the server to the page', () => {
  const clock = { offsetMs: 500, errorMs: 3 };

  it('is what stamped messages took, the clocks of both apart', () => {
    const channel = channelOf({ clock, messages: stamped(5, 70, 500), connections: [connectionOf(0)] });
    expect(wayDownOf(channel)).toEqual({ value: 70, low: 67, high: 73 });
  });

  it('is what they take without queues, which may last as long as for half of them', () => {
    const late = [2, 2, 3, 5, 9, 14, 20, 80, 300, 4000];
    const messages = late.map((ms, i) =>
      messageOf(i * 10_000 + ms, { items: [{ stamp: T0 + i * 10_000 + 500, payloadBytes: 100 }] }),
    );
    const way = wayDownOf(channelOf({ clock, messages, connections: [connectionOf(0)] }))!;
    expect(way.value).toBeCloseTo(2);
    expect(way.high).toBeCloseTo(11.5 + 3);
  });

  it('is not known from few messages, nor from a clock that nobody knows', () => {
    expect(wayDownOf(channelOf({ clock, messages: stamped(4, 70, 500) }))).toBeNull();
    expect(wayDownOf(channelOf({ clock: null, messages: stamped(5, 70) }))).toBeNull();
  });
});

it('polls were watched until the next would have been due, or until the recording ended', () => {
  const channel = channelOf({ exchanges: [0, 1000, 2000].map((at) => exchangeOf(at)) });
  const watchedUntil = (forMs: number) => inferEvents(channel, sessionOf(forMs, [channel]))!.to - T0;
  expect(watchedUntil(20_000)).toBe(3000);
  expect(watchedUntil(2600)).toBe(2600);
});

describe('a channel of long polls', () => {
  const exchanges = [20, 180, 150, 90].map((tookMs, i) => exchangeOf(i * 1000, { tookMs }));

  it('takes short waits for news, not for a slow server', () => {
    const roundTrip = { value: 15, low: 15, high: 15 };
    expect(serviceOf(channelOf({ transport: 'long-polling', exchanges }), roundTrip).estimate.value).toBe(5);
    expect(serviceOf(channelOf({ transport: 'polling', exchanges }), roundTrip).estimate.value).toBe(105);
  });

  it('takes what came soonest after its event for what the server takes, where no answer was quick', () => {
    const roundTrip = { value: 16, low: 16, high: 16 };
    const dated = [300, 90, 2000].map((tookMs, i) =>
      // Each event happens 10 ms before its answer arrives: 8 on the way, 2 in the server.
      exchangeOf(i * 5000, { tookMs, items: [{ stamp: T0 + i * 5000 + tookMs - 10 + 500, payloadBytes: 9 }] }),
    );
    const channel = channelOf({ transport: 'long-polling', clock: { offsetMs: 500, errorMs: 0 }, exchanges: dated });
    expect(serviceOf(channel, roundTrip).estimate).toEqual({ value: 2, low: 0, high: 2 });
    expect(serviceOf({ ...channel, clock: null }, roundTrip).estimate.value).toBe(74);
  });

  it('was watched until the page broke off its last hold', () => {
    const last = exchangeOf(4000, { outcome: 'aborted', worth: null });
    const brokenOff = { ...last, respondedAt: null, endedAt: T0 + 9000 };
    const channel = channelOf({ transport: 'long-polling', exchanges: [...exchanges, brokenOff] });
    expect(inferEvents(channel, sessionOf(20_000, [channel]))?.to).toBe(T0 + 9000);
  });
});
