import { describe, expect, it } from 'vitest';
import { graphql } from '../../../src/core/protocols/graphql.ts';
import { graphqlSse } from '../../../src/core/protocols/graphql-sse.ts';
import { graphqlTransportWs } from '../../../src/core/protocols/graphql-transport-ws.ts';
import { labelsOf } from '../../../src/core/protocols/labels.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { subscriptionsTransportWs } from '../../../src/core/protocols/subscriptions-transport-ws.ts';
import { at, inWords, received, SOMEWHERE, sent } from './reading.ts';

const QUERY = '{"operationName":"Quote","variables":{},"query":"query Quote { quote { id } }"}';
const HTTP = at('https://example.test/graphql', { method: 'POST' });
const STREAM = { ...HTTP, contentType: 'text/event-stream; charset=utf-8' };

describe('GraphQL by its hints', () => {
  it.each([
    [HTTP, graphql],
    [at('https://example.test/api/gql?query=%7Bme%7D'), graphql],
    [at('https://example.test/api', { contentType: 'application/graphql-response+json' }), graphql],
    [STREAM, graphqlSse],
    [at('wss://example.test/graphql'), null],
    [at('https://example.test/graphql', { contentType: 'text/html' }), null],
    [at('https://example.test/docs/graphql/intro'), null],
    [at('wss://example.test/x', { subprotocol: 'graphql-transport-ws' }), graphqlTransportWs],
    [at('wss://example.test/x', { subprotocol: 'graphql-ws' }), subscriptionsTransportWs],
  ])('$url $subprotocol $contentType', (hint, protocol) => expect(recogniseByHint(hint)).toBe(protocol));
});

describe('graphql-transport-ws', () => {
  it.each([
    ['{"id":"1","type":"subscribe","payload":{"query":"subscription { quote { id } }"}}', true],
    ['{"id":"1","type":"next","payload":{"data":{"quote":{"id":1}}}}', true],
    ['{"id":"1","type":"next","payload":{"page":2}}', false],
    ['{"id":"1","type":"subscribe","payload":{"room":"7"}}', false],
    ['{"id":"1","type":"subscribe","payload":{"query":"cheap flights"}}', false],
    ['{"type":"connection_ack"}', false],
    ['{"type":"ping"}', false],
  ])('is known by %s: %s', (text, known) =>
    expect(recogniseByPayload(text, 'received', SOMEWHERE) === graphqlTransportWs).toBe(known),
  );

  it('pairs what is asked with what comes', () => {
    expect(sent(graphqlTransportWs, '{"type":"connection_init"}')).toEqual(['control connection_init #connection']);
    expect(received(graphqlTransportWs, '{"type":"connection_ack"}')).toEqual(['control connection_ack #connection']);
    expect(
      sent(
        graphqlTransportWs,
        '{"id":"a1","type":"subscribe","payload":{"query":"subscription Ticks($n: Int) { t(n: $n) }"}}',
      ),
    ).toEqual(['control subscribe Ticks #a1']);
    expect(received(graphqlTransportWs, '{"id":"a1","type":"next","payload":{"data":{}}}')).toEqual(['data next #a1']);
    expect(received(graphqlTransportWs, '{"id":"a1","type":"error","payload":[{"message":"no"}]}')).toEqual([
      'data error #a1',
    ]);
    expect(received(graphqlTransportWs, '{"id":"a1","type":"complete"}')).toEqual(['control complete #a1']);
  });

  it('pings both ways', () => {
    expect(sent(graphqlTransportWs, '{"type":"ping","payload":{}}')).toEqual(['heartbeat ping']);
    expect(received(graphqlTransportWs, '{"type":"pong"}')).toEqual(['heartbeat pong']);
    expect(received(graphqlTransportWs, '{"type":"tick"}')).toEqual([]);
  });

  it('knows a message of which the head alone was recorded', () => {
    const head = `{"id":"a1","type":"next","payload":{"data":{"text":"${'x'.repeat(16_000)}`;
    expect(received(graphqlTransportWs, head)).toEqual(['data next #a1']);
  });
});

describe('the older GraphQL over WebSocket', () => {
  it.each([
    ['{"type":"ka"}', true],
    ['{"id":"1","type":"start","payload":{"query":"{ me { id } }"}}', true],
    ['{"id":"1","type":"data","payload":{"data":{"me":null}}}', true],
    [
      String.raw`{"id":"1","type":"start","payload":{"data":"{\"query\":\"subscription{a}\"}","extensions":{"authorization":{}}}}`,
      true,
    ],
    ['{"id":"1","type":"data","payload":[1,2,3]}', false],
    ['{"type":"start"}', false],
  ])('is known by %s: %s', (text, known) =>
    expect(recogniseByPayload(text, 'received', SOMEWHERE) === subscriptionsTransportWs).toBe(known),
  );

  it('labels its messages', () => {
    expect(received(subscriptionsTransportWs, '{"type":"ka"}')).toEqual(['heartbeat keep-alive']);
    expect(
      sent(subscriptionsTransportWs, '{"id":"1","type":"start","payload":{"query":"subscription S { a }"}}'),
    ).toEqual(['control start S #1']);
    expect(received(subscriptionsTransportWs, '{"id":"1","type":"data","payload":{"data":{"a":1}}}')).toEqual([
      'data data #1',
    ]);
    expect(sent(subscriptionsTransportWs, '{"id":"1","type":"stop"}')).toEqual(['control stop #1']);
    expect(received(subscriptionsTransportWs, '{"id":"1","type":"complete"}')).toEqual(['control complete #1']);
    expect(received(subscriptionsTransportWs, '{"type":"connection_error","payload":{}}')).toEqual([
      'control connection_error',
    ]);
  });
});

describe('GraphQL over HTTP', () => {
  it('is known by what is posted', () => {
    const elsewhere = at('https://example.test/api', { method: 'POST' });
    expect(recogniseByPayload(QUERY, 'sent', elsewhere)).toBe(graphql);
    expect(recogniseByPayload('{"extensions":{"persistedQuery":{"version":1}}}', 'sent', elsewhere)).toBe(graphql);
    expect(recogniseByPayload('{"query":"cheap flights"}', 'sent', elsewhere)).toBeNull();
    expect(recogniseByPayload('[]', 'sent', elsewhere)).toBeNull();
    expect(recogniseByPayload('hello', 'sent', elsewhere)).toBeNull();
  });

  it('names the operation', () => {
    expect(sent(graphql, QUERY, HTTP)).toEqual(['data query Quote']);
    expect(sent(graphql, '{"query":"fragment F on Q { id } mutation Buy { buy }"}', HTTP)).toEqual([
      'data mutation Buy',
    ]);
    expect(sent(graphql, '{"query":"{ query { id } }"}', HTTP)).toEqual(['data query']);
    expect(sent(graphql, `[${QUERY},{"documentId":"abc","operationName":"Me"}]`, HTTP)).toEqual([
      'data query Quote',
      'data query Me',
    ]);
  });

  it('labels results', () => {
    expect(received(graphql, '{"data":{"quote":{"id":1}}}', HTTP)).toEqual(['data result']);
    expect(received(graphql, '[{"data":{}},{"errors":[{"message":"no"}]}]', HTTP)).toEqual([
      'data result',
      'data result',
    ]);
    expect(received(graphql, '<!doctype html>', HTTP)).toEqual([]);
  });

  it('takes multipart answers apart; empty parts keep the line', () => {
    const hint = { ...HTTP, contentType: 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0' };
    const part = (json: string) => `\r\n--graphql\r\ncontent-type: application/json\r\n\r\n${json}`;
    const body = `${part('{}')}${part('{"payload":{"data":{"a":1}}}')}${part('{}')}\r\n--graphql--`;
    expect(received(graphql, body, hint)).toEqual(['heartbeat heartbeat', 'data result', 'heartbeat heartbeat']);
    const deferred = '\r\n---\r\nContent-Type: application/json\r\n\r\n{"data":{"a":1},"hasNext":true}\r\n-----';
    expect(received(graphql, deferred, { ...HTTP, contentType: 'multipart/mixed' })).toEqual(['data result']);
  });
});

describe('GraphQL over SSE', () => {
  it('is known by its named events', () => {
    const stream = at('https://example.test/live', { eventName: 'next' });
    expect(recogniseByPayload('{"data":{"a":1}}', 'received', stream)).toBe(graphqlSse);
    expect(recogniseByPayload('{"id":"x","payload":{"data":{"a":1}}}', 'received', stream)).toBe(graphqlSse);
    expect(recogniseByPayload('{"page":2}', 'received', stream)).toBeNull();
    expect(recogniseByPayload('{"data":{"a":1}}', 'received', { ...stream, eventName: 'message' })).toBeNull();
  });

  it('labels a whole body', () => {
    const body =
      ':\n\nevent: next\ndata: {"data":{"a":1}}\n\nevent: next\ndata: {"id":"x","payload":{"errors":[]}}\n\nevent: complete\ndata:\n\n';
    expect(inWords(labelsOf(graphqlSse, body, 'received', STREAM))).toEqual([
      'data next',
      'data next #x',
      'control complete',
    ]);
  });

  it('reserves, streams and asks under one key', () => {
    expect(graphqlSse.side?.({ ...HTTP, method: 'PUT' })).toBe('handshake');
    expect(graphqlSse.side?.(STREAM)).toBe('downlink');
    expect(graphqlSse.side?.(HTTP)).toBe('uplink');
    expect(graphqlSse.session?.(STREAM)).toBe(graphqlSse.session?.(HTTP));
    const request = '{"query":"subscription S { a }","extensions":{"operationId":"x"}}';
    expect(sent(graphqlSse, request, HTTP)).toEqual(['control subscription S #x']);
  });
});
