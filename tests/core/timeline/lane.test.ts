import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/core/model.ts';
import { hiddenSpans, reconnectGaps } from '../../../src/core/timeline/gaps.ts';
import { itemsIn } from '../../../src/core/timeline/items.ts';
import { eachExchange, extentOf, laneOf } from '../../../src/core/timeline/lane.ts';
import { lookOf, phasesOf } from '../../../src/core/timeline/phases.ts';
import { play, repeat, T0 } from '../../support/timeline.ts';

const polls = () => play(repeat(10, 1000, (i, at) => `${at}ms GET /news 200 ${i % 2 ? '[]' : `{"n":${i}}`} 40ms`));
const exchangesOf = (log: ReturnType<typeof play>) => log.history.exchanges.of(log.channels[0]!.id);
const startsIn = (log: ReturnType<typeof play>, from: number, to: number): number[] => {
  const starts: number[] = [];
  eachExchange(exchangesOf(log), { from: T0 + from, to: T0 + to }, (exchange) => starts.push(exchange.startedAt - T0));
  return starts;
};

describe('the exchanges in view', () => {
  it('are those under way in it, also when they began before or end after', () => {
    expect(startsIn(polls(), 2020, 4010)).toEqual([2000, 3000, 4000]);
  });

  it('do not include those that were over, or had not begun', () => {
    expect(startsIn(polls(), 2060, 2900)).toEqual([]);
  });
});

describe('the phases of an exchange', () => {
  it('are queue, wait and receipt, and touch each other', () => {
    const [exchange] = exchangesOf(play('0ms GET /a 200 {} 100ms'));
    exchange!.network!.blockedMs = 30;
    exchange!.respondedAt = T0 + 90;
    expect(phasesOf(exchange!, T0 + 500)).toEqual({
      queuedAt: T0,
      sentAt: T0 + 30,
      respondedAt: T0 + 90,
      endedAt: T0 + 100,
      isOver: true,
    });
  });

  it('reach until now while it is under way', () => {
    const [exchange] = exchangesOf(polls());
    const held = { ...exchange!, respondedAt: null, endedAt: null };
    expect(phasesOf(held, T0 + 500)).toMatchObject({ respondedAt: T0 + 500, endedAt: T0 + 500, isOver: false });
  });

  it('never end before they began, whatever the clocks said', () => {
    const [exchange] = exchangesOf(polls());
    const odd = { ...exchange!, respondedAt: T0 - 20, endedAt: T0 - 10 };
    const { queuedAt, sentAt, respondedAt, endedAt } = phasesOf(odd, T0);
    expect([queuedAt, sentAt, respondedAt, endedAt]).toEqual([T0, T0, T0, T0]);
  });
});

describe('the look of an exchange', () => {
  it('tells news from waste only where somebody polls', () => {
    const [first, second, third] = exchangesOf(polls());
    expect([first, second, third].map((e) => lookOf(e!, true))).toEqual(['plain', 'wasted', 'useful']);
    expect([first, second, third].map((e) => lookOf(e!, false))).toEqual(['plain', 'plain', 'plain']);
  });

  it('names what failed, what was broken off and what is under way', () => {
    const exchanges = exchangesOf(play('0ms GET /a 500 oops\n100ms GET /a failed\n200ms GET /a aborted'));
    expect(exchanges.map((e) => lookOf(e, true))).toEqual(['failed', 'failed', 'aborted']);
    expect(lookOf({ ...exchanges[0]!, outcome: 'pending' }, true)).toBe('pending');
  });
});

const connection = (state: Connection['state'], ...spans: [number, number | null][]) =>
  ({ state, spans: spans.map(([from, to]) => ({ from, to })) }) as unknown as Connection;

describe('reconnect gaps', () => {
  it('lie between two times of being open, of one connection or of several', () => {
    expect(reconnectGaps([connection('open', [0, 10], [15, null])])).toEqual([{ from: 10, to: 15 }]);
    expect(reconnectGaps([connection('closed', [0, 10]), connection('open', [12, null])])).toEqual([
      { from: 10, to: 12 },
    ]);
  });

  it('are none while another connection was open', () => {
    expect(reconnectGaps([connection('closed', [0, 10]), connection('open', [5, null])])).toEqual([]);
    expect(reconnectGaps([connection('open', [0, null]), connection('closed', [5, 6])])).toEqual([]);
  });

  it('last while the newest is still trying, and not after a close', () => {
    expect(reconnectGaps([connection('reconnecting', [0, 10])])).toEqual([{ from: 10, to: null }]);
    expect(reconnectGaps([connection('closed', [0, 10])])).toEqual([]);
  });
});

describe('hidden spans', () => {
  it('last from one change to the next, the last until now', () => {
    const document = {
      visibility: [
        { at: 0, hidden: false },
        { at: 10, hidden: true },
        { at: 20, hidden: false },
        { at: 30, hidden: true },
      ],
    } as Parameters<typeof hiddenSpans>[0];
    expect(hiddenSpans(document, { from: 0, to: 100 })).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: null },
    ]);
    expect(hiddenSpans(document, { from: 21, to: 29 })).toEqual([]);
  });
});

describe('the items of the table', () => {
  it('are in order over all lanes, with a total beyond the limit', () => {
    const log = play(
      `${repeat(5, 1000, (_, at) => `${at}ms GET /a 200 {}`)}\n${repeat(5, 1000, (_, at) => `${at + 500}ms GET /b 200 {}`)}`,
    );
    const lanes = log.channels.map(({ id }) => ({ ...laneOf(log, id, []), channelId: id }));
    const { items, total } = itemsIn(lanes, { from: T0, to: T0 + 10_000 }, 6, log.history.messages.get);
    expect(total).toBe(10);
    expect(items.map(({ at }) => at - T0)).toEqual([0, 500, 1000, 1500, 2000, 2500]);
  });
});

describe('the extent of a log', () => {
  it('goes from its first request to its last answer, and tells whether anything is under way', () => {
    expect(extentOf(polls())).toEqual({ first: T0, last: T0 + 9040, isUnderWay: false });
  });
});
