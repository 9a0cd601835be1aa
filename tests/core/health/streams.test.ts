import { describe, expect, it } from 'vitest';
import { checkHealth } from '../../../src/core/health/checks.ts';
import type { ChannelFacts, ConnectionFacts, MessageFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, connectionOf, messageOf, pollsOf, sessionOf, T0 } from '../simulate/facts-of.ts';
import { findingsOf } from './support.ts';

const sse = (given: Partial<ChannelFacts>) => channelOf({ transport: 'sse', url: 'http://app.test/events', ...given });
const socket = (given: Partial<ChannelFacts>) =>
  channelOf({ transport: 'websocket', connections: [connectionOf(0)], ...given });
/** `count` connections, each `lifeMs` long, `delayMs` apart. */
const openings = (count: number, lifeMs: number, delayMs: number, given: Partial<ConnectionFacts> = {}) =>
  Array.from({ length: count }, (_, i) => {
    const at = i * (lifeMs + 50 + delayMs);
    return connectionOf(at, { id: i, closedAt: at + 50 + lifeMs, ...given });
  });

describe('sse-closes-each-time', () => {
  const found = (channel: ChannelFacts) => findingsOf('sse-closes-each-time', channel);
  const messagesIn = (connections: number, each: number) =>
    Array.from({ length: connections * each }, (_, i) => messageOf(i, { connectionId: i % connections }));

  it('is a stream that ends after a message: a poll in disguise', () => {
    const channel = sse({ connections: openings(3, 500, 3000), messages: messagesIn(3, 1) });
    expect(found(channel)).toMatchObject([
      { severity: 'error', evidence: { kind: 'closes', closed: 3, medianLifeMs: 500, messagesPerConnection: 1 } },
    ]);
    expect(found(sse({ connections: openings(3, 500, 3000), messages: messagesIn(3, 2) }))).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  it('is not a stream that lives half a minute, nor one that ended twice', () => {
    expect(found(sse({ connections: openings(3, 29_999, 3000) }))).toHaveLength(1);
    expect(found(sse({ connections: openings(3, 30_000, 3000) }))).toEqual([]);
    expect(found(sse({ connections: openings(2, 500, 3000) }))).toEqual([]);
  });

  it('is a page that comes back sooner than its stream asked for', () => {
    const back = (delayMs: number, retryMs: number | null) =>
      found(sse({ connections: openings(4, 60_000, delayMs, { retryMs }) }));
    expect(back(1100, null)).toMatchObject([
      { evidence: { kind: 'faster-than-retry', reconnects: 3, of: 3, medianDelayMs: 1100, retryMs: 3000 } },
    ]);
    expect(back(2699, null)).toHaveLength(1);
    expect(back(2700, null)).toEqual([]);
    expect(back(1100, 1000)).toEqual([]);
  });
});

describe('reconnect-storm', () => {
  const failing = (gaps: number[]) => {
    let at = 0;
    const starts = [0, ...gaps].map((gap) => {
      at += gap;
      return at;
    });
    return socket({
      connections: starts.map((start, id) => connectionOf(start, { id, openedAt: null, closedAt: start + 20 })),
    });
  };
  const found = (channel: ChannelFacts) => findingsOf('reconnect-storm', channel);

  it('is a fifth attempt at what failed four times in a row, without patience', () => {
    expect(found(failing([1000, 1000, 1000, 1000]))).toMatchObject([
      { severity: 'error', evidence: { attempts: 5, medianGapMs: 1000, forMs: 4000, kind: 'connections' } },
    ]);
    expect(found(failing([1000, 1000, 1000]))).toEqual([]);
  });

  it('is not one that waits five seconds, or longer each time', () => {
    expect(found(failing([4999, 4999, 4999, 4999]))).toHaveLength(1);
    expect(found(failing([5000, 5000, 5000, 5000]))).toEqual([]);
    expect(found(failing([200, 400, 800, 1600, 3200]))).toEqual([]);
  });

  it('counts a connection that ends within a second without a message', () => {
    const ending = (lifeMs: number, messages: MessageFacts[] = []) =>
      found(sse({ connections: openings(6, lifeMs, 100), messages }));
    expect(ending(999)).toHaveLength(1);
    expect(ending(1000)).toEqual([]);
    expect(
      ending(
        999,
        [2, 3].map((id) => messageOf(0, { connectionId: id })),
      ),
    ).toEqual([]);
  });

  it('is found among requests too', () => {
    const requests = (failures: number) =>
      channelOf({ exchanges: pollsOf(failures, 500, () => false, { worth: 'error' }) });
    expect(found(requests(5))).toMatchObject([{ evidence: { kind: 'requests' } }]);
    expect(found(requests(4))).toEqual([]);
  });
});

describe('buffering-proxy', () => {
  const found = (messages: MessageFacts[]) =>
    findingsOf('buffering-proxy', sse({ connections: [connectionOf(0)], messages }));
  /** `clumps` of three messages, ten seconds apart, whose stamps span `stampedOverMs`. */
  const stamped = (clumps: number, stampedOverMs: number, spreadMs = 5) =>
    Array.from({ length: 3 * clumps }, (_, i) => {
      const clumpAt = 10_000 * (Math.floor(i / 3) + 1);
      const stamp = T0 + clumpAt - stampedOverMs + (i % 3) * (stampedOverMs / 2);
      return messageOf(clumpAt + (i % 3) * spreadMs, { items: [{ stamp, payloadBytes: 50 }] });
    });

  it('lets go together what happened a second apart', () => {
    expect(found(stamped(2, 1000))).toMatchObject([
      { severity: 'error', evidence: { kind: 'stamps', clumps: 2, messages: 6, medianHeldMs: 1000 } },
    ]);
    expect(found(stamped(2, 999))).toEqual([]);
    expect(found(stamped(1, 5000))).toEqual([]);
    expect(found(stamped(2, 5000, 21))).toEqual([]);
  });

  it('is not a page that is too busy to listen now and then', () => {
    // Between two clumps of three, so many came by themselves.
    const alone = (count: number) => Array.from({ length: count }, (_, i) => messageOf(12_000 + 100 * i));
    expect(found([...stamped(2, 5000), ...alone(6)].toSorted((a, b) => a.at - b.at))).toHaveLength(1);
    expect(found([...stamped(2, 5000), ...alone(7)].toSorted((a, b) => a.at - b.at))).toEqual([]);
  });

  it('is not what resends the past when a stream opens', () => {
    const soon = stamped(2, 5000).map((message, i) => ({ ...message, at: T0 + 60 + Math.floor(i / 3) * 500 + i }));
    expect(found(soon)).toEqual([]);
  });

  it('is told by full buffers where nothing is stamped', () => {
    const clumps = (payloadBytes: number, count = 3) =>
      found(
        Array.from({ length: 3 * count }, (_, i) =>
          messageOf(10_000 * (Math.floor(i / 3) + 1) + (i % 3), { payloadBytes, framingBytes: 14 }),
        ),
      );
    expect(clumps(1350)).toMatchObject([
      { severity: 'warning', evidence: { kind: 'full-buffers', clumps: 3, medianBytes: 3 * 1364, bufferBytes: 4096 } },
    ]);
    expect(clumps(2716)).toMatchObject([{ evidence: { bufferBytes: 8192 } }]);
    // Bursts that fill no buffer are bursts.
    expect(clumps(100)).toEqual([]);
    expect(clumps(1350, 2)).toEqual([]);
  });
});

describe('heartbeat-gaps', () => {
  const found = (channel: ChannelFacts) => findingsOf('heartbeat-gaps', channel);
  const beats = (times: number[]) => times.map((at) => messageOf(at, { role: 'heartbeat' }));

  it('are silences in which a heartbeat was missed, and the next was late', () => {
    const silent = (ms: number) =>
      found(socket({ messages: beats([0, 10, 20, 30, 40].map((s) => s * 1000).concat(40_000 + ms)) }));
    expect(silent(25_001)).toMatchObject([
      { evidence: { kind: 'missed', heartbeatMs: 10_000, gaps: 1, longestSilenceMs: 25_001 } },
    ]);
    expect(silent(25_000)).toEqual([]);
  });

  it('are not silences that data broke, or a reconnect explains', () => {
    const regular = beats([0, 10, 20, 30, 40].map((s) => s * 1000));
    const late = messageOf(70_000, { role: 'heartbeat' });
    expect(found(socket({ messages: [...regular, messageOf(55_000), late] }))).toEqual([]);
    expect(found(socket({ messages: [...regular, { ...late, connectionId: 2 }] }))).toEqual([]);
  });

  it('are connections that are cut each time they were idle for as long', () => {
    const cut = (silences: number[], wasClean = false) =>
      found(
        sse({
          connections: silences.map((ms, id) => {
            const at = id * 200_000;
            return connectionOf(at, { id, closedAt: at + 10_000 + ms, wasClean });
          }),
          messages: silences.map((_, id) => messageOf(id * 200_000 + 10_000, { connectionId: id })),
        }),
      );
    expect(cut([60_000, 60_100])).toMatchObject([{ evidence: { kind: 'cut-when-idle', cuts: 2, silenceMs: 60_050 } }]);
    expect(cut([60_000])).toEqual([]);
    expect(cut([20_000, 20_000])).toHaveLength(1);
    expect(cut([19_999, 19_999])).toEqual([]);
    expect(cut([30_000, 60_000, 100_000])).toEqual([]);
    expect(cut([60_000, 60_000], true)).toEqual([]);
  });
});

describe('wasteful-messages', () => {
  const found = (repeats: number, of: number, kind: MessageFacts['repeats'] = 'identical') =>
    findingsOf(
      'wasteful-messages',
      sse({
        connections: [connectionOf(0)],
        messages: Array.from({ length: of }, (_, i) => messageOf(i * 1000, { repeats: i < repeats ? kind : null })),
      }),
    );

  it('are half of what is pushed, and most of it', () => {
    expect(found(5, 10)).toMatchObject([
      { severity: 'info', evidence: { identical: 5, volatileOnly: 0, of: 10, bytesPerHour: 500 } },
    ]);
    expect(found(8, 10)).toMatchObject([{ severity: 'warning' }]);
    expect(found(4, 10)).toEqual([]);
    expect(found(9, 9)).toEqual([]);
  });

  it('are told apart by what changed', () => {
    expect(found(8, 10, 'volatile-only')[0]!.fixes).toContain('leave-volatile-fields-out');
    expect(found(8, 10)[0]!.fixes).not.toContain('leave-volatile-fields-out');
  });
});

describe('a session', () => {
  it('in which all is well has nothing to report', () => {
    const stream = sse({
      connections: [connectionOf(0)],
      messages: Array.from({ length: 60 }, (_, i) => messageOf(i * 60_000)),
    });
    const poller = channelOf({
      id: 2,
      url: 'https://elsewhere.test/state',
      exchanges: pollsOf(60, 60_000, (i) => i % 2 === 0, { network: { hasValidator: true } }),
    });
    expect(checkHealth(sessionOf(3_600_000, [stream, poller]))).toEqual([]);
  });

  it('reports the worst first', () => {
    const storm = channelOf({ id: 3, exchanges: pollsOf(10, 500, () => false, { worth: 'error' }) });
    const hidden = channelOf({ id: 4, exchanges: pollsOf(60, 1000, () => false, { hidden: true }) });
    const oneWay = socket({ id: 5, messages: Array.from({ length: 10 }, (_, i) => messageOf(i)) });
    const severities = checkHealth(sessionOf(3_600_000, [oneWay, hidden, storm])).map(({ severity }) => severity);
    const order = ['error', 'warning', 'info'];
    expect(new Set(severities).size).toBe(3);
    expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  });
});
