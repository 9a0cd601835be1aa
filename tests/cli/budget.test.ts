import { describe, expect, it } from 'vitest';
import { judge } from '../../src/cli/budget/judge.ts';
import { parseBudget } from '../../src/cli/budget/parse.ts';
import { UsageError } from '../../src/cli/errors.ts';
import type { ChannelReport } from '../../src/core/session/report.ts';
import { channel, figure } from './channel.ts';

const poll = channel();
const findings = (budget: string, channels: ChannelReport[], baseline: ChannelReport[] | null = null) =>
  judge([parseBudget(budget)], channels, baseline);
const outcomes = (budget: string, channels: ChannelReport[], baseline: ChannelReport[] | null = null) =>
  findings(budget, channels, baseline).map(({ outcome }) => outcome);

describe('a budget', () => {
  it.each([
    ['wasted<=30%', { metric: 'wasted', asShare: true, comparison: '<=', limit: 0.3, scope: 'channel' }],
    ['wasted < 12', { metric: 'wasted', asShare: false, comparison: '<', limit: 12 }],
    ['total:requests<=100', { metric: 'requests', scope: 'total', limit: 100 }],
    ['p95-latency<=0.5s', { metric: 'p95-latency', limit: 500 }],
    ['p95-latency<=500ms', { limit: 500 }],
    ['header-bytes<=10kB', { limit: 10_000 }],
    ['header-overhead<=50%', { limit: 0.5, asShare: false }],
    [
      'transport != polling,long-polling',
      { kind: 'transport', comparison: '!=', transports: ['polling', 'long-polling'] },
    ],
    ['transport==websocket', { kind: 'transport', comparison: '=', transports: ['websocket'] }],
  ])('is read: %s', (text, expected) => {
    expect(parseBudget(text)).toMatchObject(expected);
  });

  it.each([
    ['wasted', '"wasted" is no budget: write one like wasted<=30% or transport!=polling.'],
    ['speed<=3', '"speed" in speed<=3 is none of transport, wasted, '],
    ['wasted<=many', '"many" in wasted<=many is no amount: write one like 30%, 500ms, 2s, 10kB or 12.'],
    ['wasted<=5ms', 'wasted in wasted<=5ms is measured in a number, not in milliseconds.'],
    ['requests<=5%', 'requests in requests<=5% is measured in a number, not in percent.'],
    ['header-overhead<=0.5', 'header-overhead in header-overhead<=0.5 needs a %: write header-overhead<=0.5%.'],
    ['transport<polling', 'transport<polling: a transport is compared with = or !=.'],
    ['transport!=pigeon', '"pigeon" in transport!=pigeon is none of request, '],
    ['total:transport!=polling', 'total:transport!=polling: a transport is of a channel, not of the total.'],
  ])('is refused: %s', (text, sentence) => {
    expect(() => parseBudget(text)).toThrow(UsageError);
    expect(() => parseBudget(text)).toThrow(sentence);
  });
});

describe('a channel', () => {
  it('is held to shares and counts, on both sides of the limit', () => {
    expect(poll).toMatchObject({ transport: 'polling', useful: 3, wastedTotal: 8 });
    expect(outcomes('wasted<=8', [poll])).toEqual(['kept']);
    expect(outcomes('wasted<8', [poll])).toEqual(['broken']);
    expect(outcomes('wasted<=73%', [poll])).toEqual(['kept']);
    expect(outcomes('wasted<=72%', [poll])).toEqual(['broken']);
    expect(findings('wasted<=72%', [poll])[0]).toMatchObject({
      value: 8 / 11,
      unit: 'share',
      channel: { urlTemplate: '/news' },
    });
  });

  it('is held to bytes and their shares', () => {
    const bytes = {
      requestHeader: figure(600),
      responseHeader: figure(200),
      framing: figure(50),
      payloadSent: figure(50),
      payloadReceived: figure(100),
      wire: figure(1000),
    };
    expect(findings('header-overhead<=80%', [channel({ bytes })])[0]).toMatchObject({ outcome: 'kept', value: 0.8 });
    expect(findings('overhead<=80%', [channel({ bytes })])[0]).toMatchObject({ outcome: 'broken', value: 0.85 });
    expect(findings('header-bytes<=0.8kB', [channel({ bytes })])[0]).toMatchObject({ outcome: 'kept', value: 800 });
  });

  it('is held to latency', () => {
    const slow = channel({ latency: { ...poll.latency, p95: figure(501) } });
    expect(outcomes('p95-latency<=500ms', [slow])).toEqual(['broken']);
    expect(outcomes('p95-latency<=501ms', [slow])).toEqual(['kept']);
  });

  it('is held to its transport, undecided being none', () => {
    expect(outcomes('transport!=polling', [poll, channel({ transport: 'websocket' })])).toEqual(['broken', 'kept']);
    expect(outcomes('transport=websocket,sse', [poll, channel({ transport: 'sse' })])).toEqual(['broken', 'kept']);
    expect(findings('transport=sse', [channel({ transport: null })])[0]).toMatchObject({
      outcome: 'broken',
      value: 'undecided',
    });
  });

  it('whose value nobody knows is neither kept nor broken', () => {
    expect(outcomes('p95-latency<=500ms', [channel({ latency: { ...poll.latency, p95: figure(null) } })])).toEqual([
      'unknown',
    ]);
  });

  it('is left alone where the budget makes no sense: single requests, and waste where nothing was judged', () => {
    expect(outcomes('header-overhead<=1%', [channel({ transport: 'request' }), channel({ transport: null })])).toEqual(
      [],
    );
    expect(outcomes('wasted<=1%', [channel({ transport: 'websocket', useful: 0, wastedTotal: 0 })])).toEqual([]);
  });
});

describe('the total', () => {
  const other = channel({ transport: 'request', useful: 9, wastedTotal: 0, requests: 88 });

  it('sums all channels, so that large ones weigh more', () => {
    expect(findings('total:requests<=100', [poll, other])[0]).toMatchObject({
      value: 100,
      outcome: 'kept',
      channel: null,
    });
    expect(findings('total:wasted<=39%', [poll, other])[0]).toMatchObject({ value: 0.4, outcome: 'broken' });
  });

  it('is as slow as the slowest channel', () => {
    const at = (ms: number | null) => channel({ latency: { ...poll.latency, p95: figure(ms) } });
    expect(findings('total:p95-latency<=2s', [at(300), at(2500), at(null)])[0]).toMatchObject({
      value: 2500,
      outcome: 'broken',
    });
    expect(outcomes('total:p95-latency<=2s', [at(null)])).toEqual(['unknown']);
  });

  it('keeps every budget where there is nothing', () => {
    for (const budget of [
      'total:wasted<=1%',
      'total:requests<=1',
      'total:p95-latency<=1ms',
      'total:requests-per-minute<=1',
    ])
      expect(outcomes(budget, [])).toEqual(['kept']);
  });
});

describe('a baseline', () => {
  const worse = (wastedTotal: number) => channel({ wastedTotal });

  it('lets pass what was as bad before, and what chance makes a little worse', () => {
    expect(outcomes('wasted<=10%', [poll], [poll])).toEqual(['no-worse']);
    expect(outcomes('wasted<=5', [worse(105)], [worse(100)])).toEqual(['no-worse']);
    expect(outcomes('wasted<=5', [worse(106)], [worse(100)])).toEqual(['broken']);
  });

  it('says nothing of channels that it does not have', () => {
    expect(outcomes('wasted<=10%', [poll], [channel({ urlTemplate: '/other' })])).toEqual(['broken']);
  });

  it('is of the same operation, whatever the host', () => {
    const before = channel({ sampleUrl: 'http://localhost:8080/news', operation: 'Feed' });
    expect(outcomes('wasted<=10%', [channel({ operation: 'Feed' })], [before])).toEqual(['no-worse']);
    expect(outcomes('wasted<=10%', [channel({ operation: 'Inbox' })], [before])).toEqual(['broken']);
  });

  it('lets a transport pass that it had already', () => {
    expect(outcomes('transport!=polling', [poll], [poll])).toEqual(['no-worse']);
    expect(outcomes('transport!=polling', [poll], [channel({ transport: 'websocket' })])).toEqual(['broken']);
  });
});
