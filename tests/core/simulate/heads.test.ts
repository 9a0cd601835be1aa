import { describe, expect, it } from 'vitest';
import { headsOf } from '../../../src/core/simulate/heads.ts';
import { channelOf, connectionOf, exchangeOf } from './facts-of.ts';

const poll = (requestHeaderBytes: number, responseHeaderBytes: number, given: Parameters<typeof exchangeOf>[1] = {}) =>
  exchangeOf(0, { ...given, network: { requestHeaderBytes, responseHeaderBytes, ...given.network } });

describe('heads of the kind a channel sends', () => {
  it('are the mean of what was measured, each outcome for itself', () => {
    const exchanges = [poll(500, 200), poll(510, 200), poll(505, 150, { worth: 'empty', status: 204 })];
    const heads = headsOf(channelOf({ exchanges }), 'http/1.1');
    expect(heads.poll).toEqual({
      request: { value: 505, low: 505, high: 505 },
      response: { value: 200, low: 200, high: 200 },
      basis: 'measured',
    });
    expect(heads.empty.response.value).toBe(150);
  });

  it('leave out what came from the cache, failed, or nobody reported', () => {
    const exchanges = [
      poll(500, 200),
      poll(900, 900, { network: { fromCache: true } }),
      poll(900, 900, { worth: 'error', status: 500 }),
      exchangeOf(0, { network: null }),
    ];
    expect(headsOf(channelOf({ exchanges }), 'http/1.1').poll.request.value).toBe(500);
  });

  it('are as uncertain as HTTP/2 leaves them', () => {
    const exchanges = [poll(35, 27, { network: { headerPlusMinus: 6 } })];
    expect(headsOf(channelOf({ exchanges, httpVersion: 'h2' }), 'h2').poll.request).toEqual({
      value: 35,
      low: 29,
      high: 41,
    });
  });
});

describe('heads of another kind', () => {
  it('differ by what the kinds differ by in Chromium, within a band', () => {
    const { stream, notModified } = headsOf(channelOf({ exchanges: [poll(600, 300)] }), 'http/1.1');
    expect(stream).toMatchObject({ request: { value: 657, low: 617, high: 697 }, basis: 'derived' });
    expect(notModified.response.value).toBe(246);
  });

  it('are derived from a stream just as well', () => {
    const connections = [connectionOf(0, { requestHeaderBytes: 583, responseHeaderBytes: 190 })];
    const { poll } = headsOf(channelOf({ transport: 'sse', connections }), 'http/1.1');
    expect(poll).toMatchObject({ request: { value: 526 }, response: { value: 180 }, basis: 'derived' });
  });

  it('of event streams say where to resume, but for the first', () => {
    const head = { responseHeaderBytes: 129, requestHeaderBytes: 500 };
    const connections = [0, 1000, 2000, 3000].map((at) => connectionOf(at, head));
    const once = channelOf({ transport: 'websocket', connections: connections.slice(0, 1) });
    const often = channelOf({ transport: 'websocket', connections });
    expect(headsOf(once, 'http/1.1').stream.request.value).toBe(564);
    expect(headsOf(often, 'http/1.1').stream.request.value).toBe(564 + (3 / 4) * 24);
    expect(headsOf({ ...often, transport: 'sse' }, 'http/1.1').webSocket.request.value).toBe(500 - 64 - (3 / 4) * 24);
  });

  it('are assumed, half as much or half again, where nothing was measured', () => {
    const { poll } = headsOf(channelOf({ url: 'https://app.test/poll?since=100000001' }), 'http/1.1');
    expect(poll).toMatchObject({ request: { value: 524, low: 262, high: 786 }, basis: 'assumed' });
  });
});

describe('heads on another version of HTTP', () => {
  it('shrink to an octet a header and the path on HTTP/2', () => {
    const exchanges = [poll(527, 180, { network: { requestHeaderCount: 15 } })];
    const channel = channelOf({ exchanges, url: 'https://app.test/poll' });
    const { poll: head } = headsOf(channel, 'h2');
    expect(head.request.value).toBe(9 + 5 + 14 + 2 + 4);
    expect(head.response.low).toBeLessThanOrEqual(27);
    expect(head.response.high).toBeGreaterThanOrEqual(27 + 24);
  });

  it('stay as they are for a WebSocket, which is opened over HTTP/1.1', () => {
    const exchanges = [poll(527, 180)];
    expect(headsOf(channelOf({ exchanges }), 'h2').webSocket.request.value).toBe(520);
    expect(headsOf(channelOf({ exchanges, httpVersion: 'h2' }), 'h2').webSocket.basis).toBe('assumed');
  });
});
