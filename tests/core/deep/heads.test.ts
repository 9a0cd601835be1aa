import { describe, expect, it } from 'vitest';
import type { NetworkEntry } from '../../../src/core/model.ts';
import { createHeads } from '../../../src/panel/source/deep/heads.ts';

const URL = 'http://a.test/x?y=1';
const SENT = 'GET /x?y=1 HTTP/1.1\r\nHost: a.test\r\nCookie: a=b\r\n\r\n';
const RECEIVED = 'HTTP/1.1 200 OK\r\n\r\n';

const entry = (startedAt: number, more: Partial<NetworkEntry> = {}) =>
  ({
    method: 'GET',
    url: URL,
    httpVersion: 'http/1.1',
    startedAt,
    requestHeaderBytes: null,
    responseHeaderBytes: null,
    ...more,
  }) as NetworkEntry;

function heads() {
  const all = createHeads();
  const sent = (wallTime: number) => ({ requestId: 'r', wallTime, request: { method: 'GET', url: URL, headers: {} } });
  all.take(false, 'Network.requestWillBeSentExtraInfo', { requestId: 'r', headers: { Host: 'a.test', Cookie: 'a=b' } });
  all.take(true, 'Network.requestWillBeSent', sent(1000));
  all.take(false, 'Network.responseReceivedExtraInfo', { requestId: 'r', headersText: RECEIVED });
  all.take(false, 'Network.requestWillBeSent', { ...sent(2000), requestId: 'of the page' });
  return all;
}

describe("the heads of a worker's request", () => {
  it('complete the entry that has none, to the byte', () => {
    const completed = entry(1_000_001);
    heads().complete(completed);
    expect(completed).toMatchObject({ requestHeaderBytes: SENT.length, responseHeaderBytes: RECEIVED.length });
    expect(completed.requestHeaders).toEqual([
      ['Host', 'a.test'],
      ['Cookie', 'a=b'],
    ]);
  });

  it.each([
    ['began at another time', entry(1_000_003)],
    ['has heads already', entry(1_000_000, { requestHeaderBytes: 1 })],
    ['has compressed heads', entry(1_000_000, { httpVersion: 'h2' })],
    ['is of the page', entry(2_000_000)],
  ])('leave alone an entry that %s', (_, other) => {
    const before = { ...other };
    heads().complete(other);
    expect(other).toEqual(before);
  });
});
