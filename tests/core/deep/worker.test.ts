import { describe, expect, it } from 'vitest';
import type { NetworkEntry } from '../../../src/core/model.ts';
import type { CdpEvents } from '../../../src/panel/source/deep/events.ts';
import { createWorkerReader } from '../../../src/panel/source/deep/worker.ts';
import { type PageEvent, WANTED_BY_DEFAULT } from '../../../src/protocol.ts';

const URL = 'https://a.test/x';
const WALL_S = 1_800_000_000;

/** A worker whose events come at 1 s, 2 s, … of the monotonic clock, and what is told of it. */
function worker({ isUnlogged = false, answers = {} as Record<string, Promise<unknown>> } = {}) {
  const events: PageEvent[] = [];
  const entries: NetworkEntry[] = [];
  const read = createWorkerReader(
    isUnlogged,
    {
      onBatch: (batch) => events.push(...batch.events),
      onEntry: (entry) => entries.push(entry),
      onOpen: (entry) => entries.push(entry),
    },
    {
      wanted: () => ({ ...WANTED_BY_DEFAULT, textChars: 3 }),
      command: (method) => answers[method] ?? Promise.reject(),
    },
  );
  let timestamp = 0;
  const happen = <Method extends keyof CdpEvents>(
    method: Method,
    event: Omit<CdpEvents[Method], 'requestId' | 'timestamp' | 'wallTime'> & { requestId?: string },
  ): void => read(method, { requestId: 'r', timestamp: ++timestamp, wallTime: WALL_S + timestamp, ...event });
  return { events, entries, happen, kinds: () => events.map(({ kind }) => kind) };
}
const request = (type: string, url = URL) => ({ type, request: { method: 'GET', url, headers: {} } });
const response = (contentType: string, status = 200) => ({
  response: {
    status,
    url: URL,
    headers: { 'content-type': contentType },
    mimeType: contentType,
    encodedDataLength: 100,
  },
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("a worker's requests", () => {
  it('are those by fetch and XMLHttpRequest; what makes the worker is none', () => {
    const { happen, kinds } = worker();
    happen('Network.requestWillBeSent', { ...request('Script'), requestId: 's' });
    happen('Network.loadingFinished', { encodedDataLength: 9, requestId: 's' });
    happen('Network.requestWillBeSent', request('XHR'));
    happen('Network.responseReceived', response('application/json'));
    happen('Network.loadingFinished', { encodedDataLength: 9 });
    expect(kinds()).toEqual(['request', 'response', 'end']);
  });

  it('are one where they are redirected', () => {
    const { happen, events } = worker();
    happen('Network.requestWillBeSent', request('Fetch'));
    happen('Network.requestWillBeSent', {
      ...request('Fetch', `${URL}/next`),
      redirectResponse: response('', 302).response,
    });
    expect(events).toMatchObject([{ kind: 'request', url: URL }]);
  });

  it('tell one piece by their end alone, and more as they come', () => {
    const { happen, events } = worker();
    for (const requestId of ['one', 'two']) {
      happen('Network.requestWillBeSent', { ...request('Fetch'), requestId });
      happen('Network.responseReceived', { ...response('text/plain'), requestId });
      happen('Network.dataReceived', { dataLength: 5, requestId });
      if (requestId === 'two') happen('Network.dataReceived', { dataLength: 6, requestId });
      happen('Network.loadingFinished', { encodedDataLength: 9, requestId });
    }
    const told = (id: number) => events.filter((event) => event.id === id).slice(2);
    expect(told(1)).toMatchObject([{ kind: 'end', bodyBytes: 5 }]);
    expect(told(2)).toMatchObject([
      { kind: 'chunk', bytes: 5, at: 7000 },
      { kind: 'chunk', bytes: 6, at: 8000 },
      { kind: 'end', bodyBytes: 11 },
    ]);
  });

  it('keep the order of a stream whose beginning is answered late', async () => {
    const begun = Promise.resolve({ bufferedData: btoa('a') });
    const { happen, events, kinds } = worker({ answers: { 'Network.streamResourceContent': begun } });
    happen('Network.requestWillBeSent', request('Fetch'));
    happen('Network.responseReceived', response('application/x-ndjson'));
    happen('Network.dataReceived', { dataLength: 1 });
    happen('Network.dataReceived', { dataLength: 1, data: btoa('b') });
    happen('Network.loadingFinished', { encodedDataLength: 9 });
    expect(kinds()).toEqual(['request', 'response']);
    await settled();
    expect(events.slice(2)).toMatchObject([
      { kind: 'chunk', bytes: 1, text: 'a' },
      { kind: 'chunk', bytes: 1, text: 'b' },
      { kind: 'end', outcome: 'done', bodyBytes: 2 },
    ]);
  });

  it('end as aborted when the worker broke them off, as an error otherwise', () => {
    const { happen, events } = worker();
    for (const canceled of [true, false]) {
      happen('Network.requestWillBeSent', { ...request('Fetch'), requestId: `${canceled}` });
      happen('Network.loadingFailed', { canceled, requestId: `${canceled}` });
    }
    expect(events.filter(({ kind }) => kind === 'end')).toMatchObject([{ outcome: 'aborted' }, { outcome: 'error' }]);
  });

  it('are entries of a network log as well where there is no other', async () => {
    const body = Promise.resolve({ body: '{"a":1}', base64Encoded: false });
    const { happen, entries } = worker({ isUnlogged: true, answers: { 'Network.getResponseBody': body } });
    happen('Network.requestWillBeSent', request('Fetch'));
    happen('Network.responseReceived', response('application/json'));
    happen('Network.dataReceived', { dataLength: 7 });
    happen('Network.loadingFinished', { encodedDataLength: 117 });
    await settled();
    expect(entries).toMatchObject([
      {
        startedAt: (WALL_S + 1) * 1000,
        endedAt: (WALL_S + 4) * 1000,
        resourceType: 'fetch',
        requestHeaderBytes: null,
        responseHeaderBytes: 100,
        responseBodyWireBytes: 17,
        contentBytes: 7,
        body: '{"a":1}',
      },
    ]);
  });
});

describe("a worker's EventSource", () => {
  it('is one that opens again after its connection was lost', () => {
    const { happen, events, kinds } = worker();
    happen('Network.requestWillBeSent', request('EventSource'));
    happen('Network.responseReceived', response('text/event-stream'));
    happen('Network.eventSourceMessageReceived', { eventName: 'tick', eventId: '7', data: '안녕하세요' });
    happen('Network.loadingFinished', { encodedDataLength: 9 });
    happen('Network.requestWillBeSent', { ...request('EventSource'), requestId: 'again' });
    happen('Network.responseReceived', { ...response('text/event-stream'), requestId: 'again' });
    happen('Network.loadingFailed', { canceled: true, requestId: 'again' });
    expect(kinds()).toEqual(['connect', 'open', 'message', 'reconnecting', 'open', 'close']);
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set([1]));
    expect(events[2]).toMatchObject({ type: 'tick', lastEventId: '7', payloadBytes: 15, text: '안녕하' });
  });

  it('is over where the answer is no stream', () => {
    const { happen, kinds } = worker();
    happen('Network.requestWillBeSent', request('EventSource'));
    happen('Network.responseReceived', response('text/event-stream', 204));
    happen('Network.loadingFailed', {});
    expect(kinds()).toEqual(['connect', 'close']);
  });
});

describe("a worker's WebSocket", () => {
  const open = ({ happen }: ReturnType<typeof worker>, status = 101) => {
    happen('Network.webSocketCreated', { url: 'ws://a.test/s' });
    happen('Network.webSocketWillSendHandshakeRequest', { request: { headers: {} } });
    happen('Network.webSocketHandshakeResponseReceived', { response: { status, headers: {} } });
  };
  const text = { response: { opcode: 1, payloadData: 'four' } };

  it('tells sizes of whole messages and as much of them as is wanted', () => {
    const at = worker();
    open(at);
    at.happen('Network.webSocketFrameSent', text);
    at.happen('Network.webSocketFrameReceived', { response: { opcode: 2, payloadData: btoa('\0\x01') } });
    expect(at.events.slice(2)).toMatchObject([
      { kind: 'message', direction: 'sent', payloadBytes: 4, text: 'fou' },
      { kind: 'message', direction: 'received', payloadBytes: 2, text: null, bytes: Uint8Array.of(0, 1) },
    ]);
  });

  it('leaves out control frames, and sockets from before', () => {
    const at = worker();
    at.happen('Network.webSocketFrameReceived', text);
    open(at);
    at.happen('Network.webSocketFrameReceived', { response: { opcode: 9, payloadData: '' } });
    expect(at.kinds()).toEqual(['connect', 'open']);
  });

  it('closed cleanly unless there was an error or no handshake', () => {
    const clean = [101, 403].flatMap((status) =>
      [false, true].map((fails) => {
        const at = worker();
        open(at, status);
        if (fails) at.happen('Network.webSocketFrameError', {});
        at.happen('Network.webSocketClosed', {});
        return at.events.at(-1);
      }),
    );
    expect(clean.map((event) => event?.kind === 'close' && event.wasClean)).toEqual([true, false, false, false]);
  });
});
