import { describe, expect, it } from 'vitest';
import { type Delivery, deliveriesOf } from '../../../src/core/compare/deliveries.ts';
import { eventsIn } from '../../../src/core/compare/events-in.ts';
import { matchDeliveries } from '../../../src/core/compare/match.ts';
import { compareSessions } from '../../../src/core/compare/sessions.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { play, repeat, T0 } from '../../support/timeline.ts';

describe('the events of a payload', () => {
  it('are named by their id, and say when they happened', () => {
    const text = JSON.stringify({
      events: [
        { id: 'a', at: T0 },
        { id: 7, at: T0 + 5 },
      ],
      next: 9,
    });
    expect(eventsIn(text, T0)).toEqual([
      { key: 'a', at: T0 },
      { key: '7', at: T0 + 5 },
    ]);
  });

  it('are named by their time where they have no id, and by the stream where they have neither', () => {
    expect(eventsIn(`{"time":${T0},"price":4}`, T0)).toEqual([{ key: `@${T0}`, at: T0 }]);
    expect(eventsIn('{"price":4}', T0, '12')).toEqual([{ key: '12', at: null }]);
    expect(eventsIn('no json', T0, '13')).toEqual([{ key: '13', at: null }]);
    expect(eventsIn('{"price":4}', T0)).toEqual([]);
  });
});

const delivery = (key: string, at: number | null, receivedAt: number): Delivery => ({ key, at, receivedAt });
const LIFE = { from: 0, to: 100 };

describe('matching what two channels brought', () => {
  it('tells delay, loss and duplicates of each', () => {
    const socket = [delivery('a', 10, 12), delivery('b', 20, 23), delivery('c', 30, 31)];
    const polls = [delivery('a', 10, 50), delivery('a', 10, 60), delivery('c', 30, 50)];
    const { channels, isStamped } = matchDeliveries([socket, polls], [LIFE, LIFE]);
    expect(isStamped).toBe(true);
    expect(channels).toEqual([
      { events: 3, lost: 0, duplicates: 0, p50Ms: 2, p95Ms: expect.closeTo(2.9) },
      { events: 2, lost: 1, duplicates: 1, p50Ms: 30, p95Ms: expect.closeTo(39) },
    ]);
  });

  it('calls nothing lost that happened before a channel was there, or that may still come', () => {
    const early = [delivery('a', 10, 12), delivery('b', 50, 51), delivery('c', 95, 96)];
    const late = [delivery('b', 50, 60)];
    const { channels, common } = matchDeliveries([early, late], [LIFE, { from: 40, to: 90 }]);
    expect(common).toEqual({ from: 40, to: 90 });
    expect(channels[1]).toMatchObject({ events: 1, lost: 0 });
  });

  it('counts delays from the quickest where servers do not say when', () => {
    const { channels, isStamped } = matchDeliveries(
      [[delivery('1', null, 15)], [delivery('1', null, 10)]],
      [LIFE, LIFE],
    );
    expect(isStamped).toBe(false);
    expect(channels.map(({ p50Ms }) => p50Ms)).toEqual([5, 0]);
  });

  it('knows of no loss when channels were never at work together', () => {
    const { channels, common } = matchDeliveries(
      [[delivery('a', 1, 2)], [delivery('b', 60, 61)]],
      [
        { from: 0, to: 10 },
        { from: 50, to: 90 },
      ],
    );
    expect(common).toBeNull();
    expect(channels.map(({ lost }) => lost)).toEqual([0, 0]);
  });
});

describe('what polls brought', () => {
  it('is in their answers, and came when these ended', () => {
    const log = play(
      `0ms GET /poll 200 {"events":[{"id":"a","at":${T0 - 40}}]} 30ms\n1000ms GET /poll 200 {"events":[]} 30ms`,
    );
    const { all, isWhole } = deliveriesOf(log, log.channels[0]!.id, null);
    expect(all).toEqual([{ key: 'a', at: T0 - 40, receivedAt: T0 + 30 }]);
    expect(isWhole).toBe(true);
    expect(deliveriesOf(log, log.channels[0]!.id, { from: T0 + 500, to: T0 + 2000 }).all).toEqual([]);
  });
});

describe('two recordings', () => {
  const reports = (text: string) => {
    const log = play(text);
    return log.channels.map((channel) => reportChannel(log, channel));
  };
  const every = (n: number, ms: number) =>
    reports(repeat(n, ms, (i, at) => `${at}ms GET /news 200 ${i % 2 ? '[]' : `[${i}]`}`));

  it('are compared by the minute, however long each lasted', () => {
    const { figures } = compareSessions(every(61, 1000), every(13, 10_000));
    const [requests, wasted] = figures;
    expect(requests!.before).toBeCloseTo(61, 0);
    expect(requests!.after).toBeCloseTo(6.5, 0);
    expect(wasted).toMatchObject({ id: 'wastedShare', before: 0.5, after: 0.5 });
  });

  it('have their channels side by side, and those that only one has alone', () => {
    const { pairs } = compareSessions(
      reports('0ms GET /a 200 1\n5ms GET /b 200 1'),
      reports('0ms GET /b 200 1\n5ms GET /c 200 1'),
    );
    expect(pairs.map(({ name, before, after }) => [name, before !== null, after !== null])).toEqual([
      ['GET /a', true, false],
      ['GET /b', true, true],
      ['GET /c', false, true],
    ]);
  });

  it('say nothing of a minute when they are too short for it', () => {
    const { figures } = compareSessions([], reports('0ms GET /a 200 1'));
    expect(figures.find(({ id }) => id === 'requestsPerMinute')).toMatchObject({ before: null, after: null });
  });
});
