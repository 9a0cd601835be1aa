import { describe, expect, it } from 'vitest';
import { jsonRpc } from '../../../src/core/protocols/json-rpc.ts';
import { labelsOf } from '../../../src/core/protocols/labels.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { trpc } from '../../../src/core/protocols/trpc.ts';
import { at, inWords, received, SOMEWHERE, sent } from './reading.ts';

describe('JSON-RPC', () => {
  it.each([
    ['{"jsonrpc":"2.0","method":"eth_subscribe","params":["newHeads"],"id":1}', true],
    ['[{"jsonrpc":"2.0","result":1,"id":1},{"jsonrpc":"2.0","result":2,"id":2}]', true],
    ['{"jsonrpc":"1.0","method":"x","id":1}', false],
    ['{"method":"x","id":1}', false],
    ['[]', false],
  ])('recognises %s: %s', (text, known) => expect(recogniseByPayload(text, 'sent', SOMEWHERE) === jsonRpc).toBe(known));

  it('tells requests, notifications and replies apart', () => {
    expect(sent(jsonRpc, '{"jsonrpc":"2.0","method":"sum","params":[1],"id":7}')).toEqual(['data request sum #7']);
    expect(received(jsonRpc, '{"jsonrpc":"2.0","result":1,"id":7}')).toEqual(['data result #7']);
    expect(received(jsonRpc, '{"jsonrpc":"2.0","error":{"code":-32601},"id":"a"}')).toEqual(['data error #a']);
    expect(received(jsonRpc, '{"jsonrpc":"2.0","method":"eth_subscription","params":{}}')).toEqual([
      'data notification eth_subscription',
    ]);
    expect(received(jsonRpc, '{"jsonrpc":"2.0","method":"roots/list","id":7}')).toEqual([
      'data request roots/list #<7',
    ]);
    expect(sent(jsonRpc, '{"jsonrpc":"2.0","result":{},"id":7}')).toEqual(['data result #<7']);
    expect(received(jsonRpc, '{"jsonrpc":"2.0","method":"ping","id":8}')).toEqual(['heartbeat request ping #<8']);
    expect(received(jsonRpc, '{"hello":1}')).toEqual([]);
  });
});

describe('tRPC', () => {
  const HTTP = at('https://example.test/api/trpc/post.byId,user.me?batch=1&input=%7B%7D');
  const SOCKET = at('wss://example.test/');

  it('is known by its folder or its messages', () => {
    expect(recogniseByHint(HTTP)).toBe(trpc);
    expect(recogniseByHint(at('wss://example.test/trpc?connectionParams=1'))).toBe(trpc);
    expect(recogniseByHint(at('wss://example.test/?connectionParams=1'))).toBe(trpc);
    expect(recogniseByHint(at('https://example.test/trpcs/x'))).toBeNull();
    expect(recogniseByPayload('{"id":1,"method":"subscription","params":{"path":"onPost"}}', 'sent', SOCKET)).toBe(
      trpc,
    );
    expect(recogniseByPayload('{"id":1,"jsonrpc":"2.0","result":{"type":"started"}}', 'received', SOCKET)).toBe(trpc);
    expect(recogniseByPayload('{"id":1,"method":"query","params":{"sql":"…"}}', 'sent', SOCKET)).toBeNull();
  });

  it('labels WebSocket messages', () => {
    expect(sent(trpc, '{"method":"connectionParams","data":{}}', SOCKET)).toEqual(['control connectionParams']);
    expect(sent(trpc, '{"id":1,"method":"subscription","params":{"path":"onPost","input":{}}}', SOCKET)).toEqual([
      'control subscription onPost #1',
    ]);
    expect(sent(trpc, '{"id":2,"method":"query","params":{"path":"post.byId"}}', SOCKET)).toEqual([
      'data query post.byId #2',
    ]);
    expect(received(trpc, '{"id":1,"result":{"type":"started"}}', SOCKET)).toEqual(['control started #1']);
    expect(received(trpc, '{"id":1,"result":{"type":"data","data":{}}}', SOCKET)).toEqual(['data data #1']);
    expect(received(trpc, '{"id":2,"result":{"data":{}}}', SOCKET)).toEqual(['data data #2']);
    expect(received(trpc, '{"id":2,"error":{"code":-32004}}', SOCKET)).toEqual(['data error #2']);
    expect(sent(trpc, '{"id":1,"method":"subscription.stop"}', SOCKET)).toEqual(['control subscription.stop #1']);
    expect(received(trpc, 'PONG', SOCKET)).toEqual(['heartbeat pong']);
  });

  it('names the results of a batch by the path', () => {
    expect(received(trpc, '[{"result":{"data":1}},{"error":{"code":-32004}}]', HTTP)).toEqual([
      'data result post.byId',
      'data error user.me',
    ]);
    expect(sent(trpc, '{"0":{},"1":{}}', { ...HTTP, method: 'POST' })).toEqual([
      'data call post.byId',
      'data call user.me',
    ]);
  });

  it('labels server-sent events by their reserved names', () => {
    const stream = at('https://example.test/trpc/onPost', { contentType: 'text/event-stream' });
    const body =
      'event: connected\ndata: {}\n\nevent: ping\ndata: \n\ndata: {"n":1}\nid: 1\n\nevent: serialized-error\ndata: {}\n\nevent: return\ndata: \n\n';
    expect(inWords(labelsOf(trpc, body, 'received', stream))).toEqual([
      'control connected',
      'heartbeat ping',
      'data data',
      'data error',
      'control return',
    ]);
  });
});
