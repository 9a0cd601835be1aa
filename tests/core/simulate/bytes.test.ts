import { describe, expect, it } from 'vitest';
import { bodyFramingBytes } from '../../../src/core/simulate/bytes.ts';
import { simulate } from '../../../src/core/simulate/simulate.ts';
import { periodicOutages } from '../../../src/core/simulate/stream.ts';
import { type Choice, totalBytes, type World } from '../../../src/core/simulate/world.ts';
import { eventsAt, pollEvery, worldOf } from './worlds.ts';

/** Heads of `GET /poll` and its kin as Chromium sends them, and a 51-byte event. */
const HEADS: World['heads'] = {
  poll: { requestBytes: 525, responseBytes: 181 },
  empty: { requestBytes: 525, responseBytes: 137 },
  notModified: { requestBytes: 551, responseBytes: 126 },
  stream: { requestBytes: 583, responseBytes: 190 },
  webSocket: { requestBytes: 535, responseBytes: 129 },
  send: { requestBytes: 600, responseBytes: 137 },
};
const WARM: World['heads'] = {
  ...HEADS,
  poll: { requestBytes: 35, responseBytes: 27 },
  empty: { requestBytes: 35, responseBytes: 27 },
};
const ONE_EVENT = eventsAt([500], 51);
const world = (given: Partial<World> = {}) => worldOf({ horizonMs: 1000, heads: HEADS, eventFieldBytes: 14, ...given });
const bytesOf = (choice: Choice, given: Partial<World> = {}, events = ONE_EVENT) =>
  simulate(events, world(given), choice).bytes;
const LONG_POLL: Choice = { transport: 'long-polling', timeoutMs: 30_000 };
const SOCKET: Choice = { transport: 'websocket', deflate: false };

describe('one 51-byte event, as measured on the wire', () => {
  it('takes 757 bytes by a long poll on HTTP/1.1, and the head of the next request', () => {
    const bytes = bytesOf(LONG_POLL);
    expect(bytes).toEqual({ requestHeader: 2 * 525, responseHeader: 181, framing: 0, payload: 51 });
    expect(totalBytes(bytes) - 525).toBe(757);
  });

  it('takes 122 bytes by a long poll on warm HTTP/2', () => {
    expect(totalBytes(bytesOf(LONG_POLL, { httpVersion: 'h2', heads: WARM })) - 35).toBe(122);
  });

  it('takes 71 bytes in a chunked event stream, 74 in one over HTTP/2', () => {
    const eventOf = (given: Partial<World>) => {
      const { framing, payload } = bytesOf({ transport: 'sse' }, given);
      return framing + payload;
    };
    expect(eventOf({})).toBe(71);
    expect(eventOf({ httpVersion: 'h2' })).toBe(74);
  });

  it('takes 53 bytes over a WebSocket, 57 when the page says it', () => {
    expect(bytesOf(SOCKET)).toEqual({ requestHeader: 535, responseHeader: 129, framing: 2, payload: 51 });
    const said = bytesOf(SOCKET, { sends: [{ atMs: 1, payloadBytes: 51 }] }, []);
    expect(said.framing + said.payload).toBe(57);
  });

  it('takes what compression leaves of it over a WebSocket with deflate, and counts in full where that is not known', () => {
    const deflated = (deflatedBytes: number | null) =>
      bytesOf({ transport: 'websocket', deflate: true }, {}, [{ atMs: 500, payloadBytes: 51, deflatedBytes }]).payload;
    expect(deflated(7)).toBe(7);
    expect(deflated(null)).toBe(51);
  });
});

describe('an empty poll', () => {
  it('takes 709 bytes on HTTP/1.1 and 73 on warm HTTP/2, as measured', () => {
    const given = { emptyReplyBytes: 2, heads: { ...HEADS, empty: { requestBytes: 527, responseBytes: 180 } } };
    const poll = { ...given, heads: { ...given.heads, poll: { requestBytes: 527, responseBytes: 180 } } };
    expect(totalBytes(bytesOf(pollEvery(1000), poll, []))).toBe(709);
    expect(totalBytes(bytesOf(pollEvery(1000), { emptyReplyBytes: 2, httpVersion: 'h2', heads: WARM }, []))).toBe(73);
  });

  it('is a 304 without content when it is conditional', () => {
    const bytes = bytesOf(pollEvery(1000, { conditional: true }), { emptyReplyBytes: 500 }, []);
    expect(bytes).toEqual({ requestHeader: 551, responseHeader: 126, framing: 0, payload: 0 });
  });
});

describe('a snapshot', () => {
  const events = eventsAt([100, 200, 1500], 100);
  const payload = (conditional: boolean) =>
    simulate(
      events,
      world({ horizonMs: 4000, emptyReplyBytes: 80 }),
      pollEvery(1000, { mode: 'snapshot', conditional }),
    );

  it('is sent whole by every poll, with the newest state alone', () => {
    // At 0 the state before any event; at 1000, 2000 and 3000 one event's state, changed or not.
    expect(payload(false)).toMatchObject({ useful: 2, wasted: 2, coalesced: 1, bytes: { payload: 80 + 3 * 100 } });
  });

  it('is sent only when it changed if polls are conditional', () => {
    expect(payload(true).bytes.payload).toBe(200);
  });
});

describe('what surrounds the news', () => {
  it('counts envelopes once a response, compressed like its content', () => {
    const given = { envelopeBytes: 20, bodyRatio: 0.5 };
    expect(bytesOf(pollEvery(600), given, eventsAt([100, 200], 40)).payload).toBe((40 + 40 + 20) / 2);
  });

  it('counts a heartbeat each time it is due: 8 bytes of WebSocket, 11 of a chunked stream, 15 over HTTP/2', () => {
    const heartbeats = (choice: Choice, given: Partial<World>) =>
      bytesOf(choice, { horizonMs: 59_999, heartbeatMs: 15_000, ...given }, []).framing;
    expect(heartbeats(SOCKET, {})).toBe(3 * 8);
    expect(heartbeats({ transport: 'sse' }, {})).toBe(3 * 11);
    expect(heartbeats({ transport: 'sse' }, { httpVersion: 'h2' })).toBe(3 * 15);
  });

  it('counts a request for each thing the page says, except over a WebSocket', () => {
    const sends = [{ atMs: 100, payloadBytes: 10 }];
    expect(simulate([], world({ sends }), { transport: 'sse' })).toMatchObject({
      sends: 1,
      bytes: { requestHeader: 583 + 600, responseHeader: 190 + 137, payload: 10 },
    });
    expect(simulate([], world({ sends }), SOCKET)).toMatchObject({ sends: 0, bytes: { payload: 10, framing: 6 } });
  });

  it('counts the heads of each opening when a stream drops', () => {
    const outages = periodicOutages(300, 100, 1000);
    expect(simulate([], world({ outages }), { transport: 'sse' })).toMatchObject({
      requests: 3,
      bytes: { requestHeader: 3 * 583 },
    });
  });

  it('needs a DATA frame for every 16 KiB of a body under HTTP/2', () => {
    expect([0, 1, 16_384, 16_385].map((n) => bodyFramingBytes('h2', n))).toEqual([0, 9, 9, 18]);
  });
});

describe('connections at the server', () => {
  const link = { upMs: 25, downMs: 25, serviceMs: 0, clientGapMs: 0 };
  const connections = (choice: Choice, given: Partial<World>) => {
    const { connectionsHeld, connectionsIdle } = simulate([], world({ horizonMs: 10_000, link, ...given }), choice);
    return { held: connectionsHeld, idle: connectionsIdle };
  };

  it('are held by a poll for the trip, and idle after it as long as the server waits for the next', () => {
    const idle = (keepAliveMs: number) => connections(pollEvery(1000), { keepAliveMs }).idle;
    expect(connections(pollEvery(1000), {}).held).toBeCloseTo(0.05);
    expect([0, 500, 5000].map(idle)).toEqual([0, expect.closeTo(0.5), expect.closeTo(0.95)]);
  });

  it('are held by long polls but for the gaps between them', () => {
    const short: Choice = { transport: 'long-polling', timeoutMs: 910 };
    const gaps = connections(short, { link: { ...link, clientGapMs: 40 }, keepAliveMs: 30 });
    expect(gaps).toEqual({ held: expect.closeTo(0.96), idle: expect.closeTo(0.03) });
  });

  it('are held by a stream but for its outages', () => {
    const outages = periodicOutages(3000, 1000, 10_000);
    expect(connections({ transport: 'sse' }, { outages })).toEqual({ held: expect.closeTo(0.8), idle: 0 });
  });
});
