import { describe, expect, it } from 'vitest';
import type { ChannelFacts, ConnectionFacts, MessageFacts } from '../../../src/core/simulate/facts.ts';
import { channelOf, connectionOf, exchangeOf, messageOf, T0 } from '../simulate/facts-of.ts';
import { findingsOf } from './support.ts';

const sse = (given: Partial<ChannelFacts>) => channelOf({ transport: 'sse', url: 'http://app.test/events', ...given });
const socket = (given: Partial<ChannelFacts>) =>
  channelOf({ transport: 'websocket', connections: [connectionOf(0)], ...given });
describe('growing-buffered-amount', () => {
  const found = (...bufferedPeaks: ConnectionFacts['bufferedPeaks']) =>
    findingsOf('growing-buffered-amount', socket({ connections: [connectionOf(0, { bufferedPeaks })] }));

  it('is peak after peak, for seconds, beyond what the system takes at once', () => {
    expect(found({ at: 0, bytes: 10_000 }, { at: 1000, bytes: 40_000 }, { at: 2000, bytes: 65_536 })).toMatchObject([
      { severity: 'warning', evidence: { peaks: 3, forMs: 2000, peakBytes: 65_536, bytesPerSecond: 27_768 } },
    ]);
    expect(found({ at: 0, bytes: 10_000 }, { at: 1000, bytes: 40_000 }, { at: 2000, bytes: 65_535 })).toEqual([]);
    expect(found({ at: 0, bytes: 10_000 }, { at: 1000, bytes: 40_000 }, { at: 1999, bytes: 65_536 })).toEqual([]);
    expect(found({ at: 0, bytes: 10_000 }, { at: 2000, bytes: 65_536 })).toEqual([]);
  });

  it('is not what waits for a moment now and then while the network keeps up', () => {
    const bufferedPeaks = [
      { at: T0, bytes: 70_000 },
      { at: T0 + 30_000, bytes: 140_000 },
      { at: T0 + 60_000, bytes: 280_000 },
    ];
    // 60 messages between the first peak and the last; 210,000 bytes of what they carry wait at the end.
    const sending = (payloadBytes: number) => {
      const messages = Array.from({ length: 60 }, (_, i) =>
        messageOf(1000 * (i + 1), { direction: 'sent', payloadBytes }),
      );
      return socket({ connections: [connectionOf(0, { id: 1, bufferedPeaks })], messages });
    };
    expect(findingsOf('growing-buffered-amount', sending(69_000))).toHaveLength(1);
    expect(findingsOf('growing-buffered-amount', sending(71_000))).toEqual([]);
  });

  it('is an error from a megabyte on', () => {
    const reached = (bytes: number) => found({ at: 0, bytes: 1 }, { at: 1000, bytes: 2 }, { at: 2000, bytes });
    expect(reached(1_048_576)).toMatchObject([{ severity: 'error' }]);
    expect(reached(1_048_575)).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('one-way-web-socket', () => {
  const found = (received: number, sent: number, given: Partial<MessageFacts> = {}) =>
    findingsOf(
      'one-way-web-socket',
      socket({
        messages: [
          ...Array.from({ length: sent }, (_, i) => messageOf(i, { direction: 'sent' })),
          messageOf(50, { direction: 'sent', role: 'heartbeat' }),
          ...Array.from({ length: received }, (_, i) => messageOf(100 + i, given)),
        ],
      }),
    );

  it('is a socket on which the page at most subscribes', () => {
    expect(found(10, 1)).toMatchObject([{ severity: 'info', evidence: { received: 10, sent: 1, connections: 1 } }]);
    expect(found(10, 2)).toEqual([]);
    expect(found(9, 0)).toEqual([]);
  });

  it('is not one that carries binary data', () => {
    expect(found(10, 0, { binary: true })).toEqual([]);
  });
});

describe('web-socket-request-response', () => {
  const found = (messages: MessageFacts[]) => findingsOf('web-socket-request-response', socket({ messages }));
  const pairs = (count: number, tookMs: number, ids = false) =>
    Array.from({ length: count }, (_, i) => [
      messageOf(i * 10_000, { direction: 'sent', correlation: ids ? `${i}` : null }),
      messageOf(i * 10_000 + tookMs, { correlation: ids ? `${i}` : null }),
    ]).flat();

  it('is a question and its answer, again and again', () => {
    expect(found(pairs(5, 80))).toMatchObject([
      { severity: 'info', evidence: { sent: 5, received: 5, answers: 5, medianAnswerMs: 80, byId: false } },
    ]);
    expect(found(pairs(4, 80))).toEqual([]);
  });

  it('is known by ids however long an answer takes, and by turns while it takes five seconds', () => {
    expect(found(pairs(5, 5000))).toHaveLength(1);
    expect(found(pairs(5, 5001))).toEqual([]);
    expect(found(pairs(5, 9000, true))).toMatchObject([{ evidence: { byId: true } }]);
  });

  it('is not a socket that also pushes', () => {
    const pushed = (count: number) => Array.from({ length: count }, (_, i) => messageOf(200_000 + i));
    expect(found([...pairs(9, 80), ...pushed(1)])).toHaveLength(1);
    expect(found([...pairs(9, 80), ...pushed(2)])).toEqual([]);
  });
});

describe('six-connections', () => {
  const streams = (count: number, given: Partial<ChannelFacts> = {}) =>
    Array.from({ length: count }, (_, i) => sse({ id: i + 1, connections: [connectionOf(i)], ...given }));
  const found = (channels: ChannelFacts[]) => findingsOf('six-connections', channels);

  it('are gone when six streams are open to one host, and nearly gone at four', () => {
    expect(found(streams(6))).toMatchObject([
      { severity: 'error', channelIds: [1, 2, 3, 4, 5, 6], evidence: { origin: 'http://app.test', held: 6, limit: 6 } },
    ]);
    expect(found(streams(4))).toMatchObject([{ severity: 'warning' }]);
    expect(found(streams(3))).toEqual([]);
  });

  it('are also taken by held requests, and told by those that wait', () => {
    const holding = channelOf({
      id: 9,
      transport: 'long-polling',
      url: 'http://app.test/wait',
      exchanges: [exchangeOf(100, { tookMs: 25_000 })],
    });
    const waiting = sse({ id: 10, connections: [connectionOf(200, { openedAt: null })] });
    const starved = channelOf({
      id: 11,
      transport: 'request',
      url: 'http://app.test/item',
      exchanges: [exchangeOf(300, { network: { blockedMs: 900 } }), exchangeOf(400, { network: { blockedMs: 499 } })],
    });
    expect(found([...streams(5), holding, waiting, starved])).toMatchObject([
      { evidence: { held: 6, waiting: 1, blockedRequests: 1, longestBlockedMs: 900 } },
    ]);
  });

  it('are no limit on HTTP/2, to different hosts, one after the other, or to WebSockets', () => {
    expect(found(streams(8, { httpVersion: 'h2' }))).toEqual([]);
    expect(found([...streams(3), ...streams(3, { url: 'http://other.test/events' })])).toEqual([]);
    const inTurn = Array.from({ length: 6 }, (_, i) => connectionOf(i * 1000, { id: i, closedAt: i * 1000 + 900 }));
    expect(found([sse({ connections: inTurn })])).toEqual([]);
    expect(found(streams(8, { transport: 'websocket' }))).toEqual([]);
  });

  it('are not claimed where nothing tells the version', () => {
    const unknown = { url: 'https://app.test/events', httpVersion: null };
    expect(found(streams(8, unknown))).toEqual([]);
    const telling = channelOf({ id: 20, url: 'https://app.test/item', httpVersion: 'http/1.1' });
    expect(found([...streams(8, unknown), telling])).toHaveLength(1);
  });
});
