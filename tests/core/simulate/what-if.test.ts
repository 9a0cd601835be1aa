import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  estimateOf,
  latencyQuantileMs,
  meanLatencyMs,
  requestsOf,
  savingOf,
} from '../../../src/core/simulate/ensemble.ts';
import type { ChannelFacts } from '../../../src/core/simulate/facts.ts';
import { prepareWhatIf } from '../../../src/core/simulate/what-if.ts';
import type { Choice } from '../../../src/core/simulate/world.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, pollsOf, sessionOf, T0 } from './facts-of.ts';
import { type Recording, recordLongPolling, recordPolling, recordStream } from './recorder.ts';
import { mean, poissonTimes, pollEvery, regularTimes } from './worlds.ts';

const HORIZON_MS = 300_000;
const WAY = { up: () => 60, down: () => 40 };
const RTT_MS = 100;
const RECORDING: Recording = { way: WAY, horizonMs: HORIZON_MS, stamps: { aheadMs: 12_345 }, payloadBytes: 120 };
const SSE: Choice = { transport: 'sse' };
const LONG_POLL: Choice = { transport: 'long-polling', timeoutMs: 25_000 };

const whatIf = (channel: ChannelFacts) => prepareWhatIf(channel, sessionOf(HORIZON_MS, [channel]))!;
/** `tolerance` as a share, or `orMs`, whichever is more. */
const near = (predicted: number | undefined, measured: number, tolerance: number, orMs = 0): void => {
  const off = Math.abs(predicted! - measured);
  expect(off, `${predicted} is not ${measured}`).toBeLessThanOrEqual(Math.max(tolerance * measured, orMs));
};
/** How late each event arrived, as the recorded traffic itself shows. */
const measuredLatencyMs = ({ exchanges }: ChannelFacts): number =>
  mean(
    exchanges.flatMap(({ respondedAt, worth, items }) =>
      worth === 'useful' ? items!.map(({ stamp }) => respondedAt! - (stamp! - RECORDING.stamps!.aheadMs)) : [],
    ),
  );

describe.each([
  ['random', poissonTimes(1 / 1500, HORIZON_MS, 11)],
  ['regular', regularTimes(1700, Math.floor(HORIZON_MS / 1700), 900)],
  ['in bursts', poissonTimes(1 / 9000, HORIZON_MS, 5).flatMap((at) => [at, at + 8, at + 16, at + 24])],
])('events that come %s', (_, truth) => {
  // What happened before the first poll is no event of its recording.
  const events = truth.filter((at) => at > 200 && at < HORIZON_MS - 5000).toSorted((a, b) => a - b);
  const polled = whatIf({ ...recordPolling(events, 2000, RECORDING), rttMs: RTT_MS });
  const pushed = whatIf(recordStream('sse', events, RTT_MS, RECORDING));
  const meanOf = (from: typeof polled, choice: Choice) => estimateOf(from.play(choice), meanLatencyMs)!;
  const requestsFor = (from: typeof polled, choice: Choice) => estimateOf(from.play(choice), requestsOf)!;

  it('are predicted for SSE from polls alone', () => {
    expect(requestsFor(polled, SSE)).toEqual({ value: 1, low: 1, high: 1 });
    const { value, low, high } = meanOf(polled, SSE);
    near(value, WAY.down(), 0.1, 10.1);
    expect(low).toBeLessThanOrEqual(WAY.down());
    expect(high).toBeGreaterThanOrEqual(WAY.down());
    const payload = estimateOf(polled.play(SSE), ({ bytes }) => bytes.payload)!;
    expect(payload.value).toBe(events.length * RECORDING.payloadBytes);
  });

  it('are predicted for long polling from polls alone', () => {
    const real = recordLongPolling(events, 25_000, RTT_MS, RECORDING);
    near(requestsFor(polled, LONG_POLL).value, real.exchanges.length, 0.05);
    near(meanOf(polled, LONG_POLL).value, measuredLatencyMs(real), 0.1, 15);
  });

  it.each([500, 5000])('are predicted for polls every %d ms from polls, and from a stream', (periodMs) => {
    const real = recordPolling(events, periodMs, RECORDING);
    for (const from of [polled, pushed]) {
      const requests = requestsFor(from, pollEvery(periodMs, { phaseMs: null }));
      near(requests.value, real.exchanges.length, 0.01);
      near(meanOf(from, pollEvery(periodMs, { phaseMs: null })).value, measuredLatencyMs(real), 0.12);
    }
  });

  it('are predicted for what the channel does already', () => {
    const real = recordPolling(events, 2000, RECORDING);
    expect(polled.present).toMatchObject({ transport: 'polling', timer: 'interval', mode: 'log' });
    const now = polled.play(polled.present!);
    near(estimateOf(now, requestsOf)!.value, real.exchanges.length, 0.01);
    const bodies = real.exchanges.reduce((sum, { payloadBytes }) => sum + payloadBytes!, 0);
    near(estimateOf(now, bytesOf)!.value, bodies + real.exchanges.length * (527 + 180), 0.01);
    near(estimateOf(now, meanLatencyMs)!.value, measuredLatencyMs(real), 0.1);
    // No poll comes later than a period and the way there and back.
    expect(estimateOf(now, latencyQuantileMs(1))!.high).toBeLessThanOrEqual(2000 + RTT_MS);
  });
});

describe('a saving', () => {
  it('is the difference history by history: what is unknown of both cancels out', () => {
    const events = poissonTimes(1 / 1500, HORIZON_MS, 3);
    const from = whatIf(recordPolling(events, 2000, { ...RECORDING, stamps: null }));
    const now = from.play(from.present!);
    expect(savingOf(now, now, bytesOf)).toEqual({ value: 0, low: 0, high: 0 });
    const saved = savingOf(now, from.play(SSE), requestsOf)!;
    expect(saved.value).toBeCloseTo(149, 0);
  });

  it('of latency is unknown where nothing arrives', () => {
    const exchanges = pollsOf(20, 1000, () => false);
    const from = whatIf(channelOf({ exchanges }));
    expect(savingOf(from.play(from.present!), from.play(SSE), meanLatencyMs)).toBeNull();
  });
});

describe('what a channel does today', () => {
  const presentOf = (given: Partial<ChannelFacts>) => whatIf(channelOf(given)).present;

  it('is a timer that waits for the answer when the gaps after it are the steady ones', () => {
    const took = [20, 900, 45, 1700, 30, 400, 1200, 60];
    let at = 0;
    const exchanges = took.map((tookMs, i) => {
      const exchange = exchangeOf(at, { tookMs, worth: i === 0 ? 'baseline' : 'empty' });
      at += tookMs + 2000;
      return exchange;
    });
    expect(presentOf({ exchanges, rttMs: 2000 })).toMatchObject({ timer: 'timeout', periodMs: 2000 });
  });

  it('leaves out the gaps of a hidden tab and of a sleep', () => {
    const hiddenAt = [12_000, 72_000];
    const exchanges = [
      ...pollsOf(10, 1000, () => false),
      ...hiddenAt.map((at) => exchangeOf(at, { worth: 'empty', hidden: true })),
      exchangeOf(100_000, { worth: 'empty' }),
      exchangeOf(101_000, { worth: 'empty' }),
    ];
    expect(presentOf({ exchanges })).toMatchObject({ periodMs: 1000 });
  });

  it('asks for a state when wasted answers repeat it, for all that happened when they are empty', () => {
    const repeating = pollsOf(10, 1000, () => false).map((e, i) =>
      i === 0 ? e : { ...e, worth: 'identical' as const },
    );
    expect(presentOf({ exchanges: repeating })).toMatchObject({ mode: 'snapshot', conditional: false });
    expect(presentOf({ exchanges: pollsOf(10, 1000, () => false) })).toMatchObject({ mode: 'log' });
    const unchanged = pollsOf(10, 1000, () => false, { status: 304 });
    expect(presentOf({ exchanges: unchanged })).toMatchObject({ mode: 'snapshot', conditional: true });
  });

  it('holds a long poll as long as those that ran out', () => {
    const exchanges = [0, 1, 2].map((i) => exchangeOf(i * 8010, { tookMs: 8000, worth: 'held-timeout' }));
    expect(presentOf({ transport: 'long-polling', exchanges })).toEqual({ transport: 'long-polling', timeoutMs: 8000 });
    const never = [0, 1, 2].map((i) => exchangeOf(i * 3010, { tookMs: 3000 }));
    expect(presentOf({ transport: 'long-polling', exchanges: never })).toMatchObject({ timeoutMs: 25_000 });
  });

  it('compresses when its socket agreed to', () => {
    const connections = [connectionOf(0, { extensions: 'permessage-deflate; client_max_window_bits' })];
    expect(presentOf({ transport: 'websocket', connections })).toEqual({ transport: 'websocket', deflate: true });
  });

  it('is nothing a simulation knows for single requests', () => {
    expect(presentOf({ transport: 'request', exchanges: pollsOf(5, 1000, () => false) })).toBeNull();
  });
});

describe('the world of a channel', () => {
  it('has the outages of a stream, and resends what it asks for', () => {
    const connections = [
      connectionOf(0, { closedAt: 10_000 }),
      connectionOf(13_000, { id: 2, lastEventId: '4', closedAt: 20_000 }),
      connectionOf(22_950, { id: 3, lastEventId: '9' }),
    ];
    const { world } = whatIf(channelOf({ transport: 'sse', connections }));
    expect(world.outages).toEqual([
      { fromMs: 10_000, toMs: 13_050 },
      { fromMs: 20_000, toMs: 23_000 },
    ]);
    expect(world.replay).toBe(true);
  });

  it('says what the page says to the same host', () => {
    const polls = channelOf({ exchanges: pollsOf(10, 1000, () => false) });
    const said = exchangeOf(2500, { requestBodyBytes: 40 });
    const post = channelOf({ id: 2, transport: 'request', method: 'POST', exchanges: [said] });
    const elsewhere = channelOf({ ...post, id: 3, url: 'https://other.test/say' });
    const { world } = prepareWhatIf(polls, sessionOf(HORIZON_MS, [polls, post, elsewhere]))!;
    expect(world.sends).toEqual([{ atMs: 2500, payloadBytes: 40 }]);
  });

  it('marks what it had to assume', () => {
    const connections = [connectionOf(0)];
    const { assumptions } = whatIf(channelOf({ transport: 'sse', connections, messages: [messageOf(500)] }));
    const basisOf = (id: string) => assumptions.find((assumption) => assumption.id === id)?.basis;
    expect(basisOf('rtt')).toBe('measured');
    expect(basisOf('poll-request-head')).toBe('assumed');
    // A stream that was watched and sent none has no heartbeats.
    expect(basisOf('heartbeat')).toBeUndefined();
  });
});

describe('what would be', () => {
  const events = poissonTimes(1 / 1500, HORIZON_MS, 8);
  const channel = recordPolling(events, 2000, RECORDING);
  const session = sessionOf(HORIZON_MS, [channel]);

  it('on HTTP/2 costs about a tenth of the bytes, and as many requests', () => {
    const [h1, h2] = (['http/1.1', 'h2'] as const).map((httpVersion) => {
      const { play, present } = prepareWhatIf(channel, session, { httpVersion })!;
      return { requests: estimateOf(play(present!), requestsOf)!.value, heads: headBytes(play(present!)) };
    });
    expect(h2!.requests).toBe(h1!.requests);
    expect(h1!.heads / h2!.heads).toBeGreaterThan(7);
    expect(h1!.heads / h2!.heads).toBeLessThan(12);
  });

  it('with twice as many events delivers twice as many', () => {
    const { play } = prepareWhatIf(channel, session, { rateFactor: 2 })!;
    const arrived = estimateOf(play(SSE), ({ latenciesMs }) => latenciesMs.length)!.value;
    expect(arrived / (2 * events.length)).toBeGreaterThan(0.95);
    expect(arrived / (2 * events.length)).toBeLessThan(1.05);
  });

  it('over a slower link takes as much longer', () => {
    const { play } = prepareWhatIf(channel, session)!;
    const slower = play(SSE, (world) => ({ ...world, link: { ...world.link, downMs: world.link.downMs + 500 } }));
    const later = estimateOf(slower, meanLatencyMs)!.value - estimateOf(play(SSE), meanLatencyMs)!.value;
    expect(later).toBeCloseTo(500);
  });
});

const headBytes = (ensemble: Parameters<typeof estimateOf>[0]): number =>
  estimateOf(ensemble, ({ bytes }) => bytes.requestHeader + bytes.responseHeader)!.value;

it('a recording starts where its first request does', () => {
  const channel = recordPolling([5000], 2000, RECORDING);
  expect(whatIf(channel).inferred.from).toBe(T0);
});
