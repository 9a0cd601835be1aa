import { describe, expect, it } from 'vitest';
import { actionCable } from '../../../src/core/protocols/actioncable.ts';
import { centrifugo } from '../../../src/core/protocols/centrifugo.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { pusher } from '../../../src/core/protocols/pusher.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

describe('Action Cable', () => {
  const ROOM = String.raw`"identifier":"{\"channel\":\"ChatChannel\",\"room\":1}"`;
  const KEY = '{"channel":"ChatChannel","room":1}';

  it('is known by its subprotocol or its identifiers', () => {
    expect(recogniseByHint(at('wss://example.test/cable', { subprotocol: 'actioncable-v1-json' }))).toBe(actionCable);
    expect(recogniseByHint(at('wss://example.test/cable'))).toBeNull();
    expect(recogniseByPayload(`{"command":"subscribe",${ROOM}}`, 'sent', SOMEWHERE)).toBe(actionCable);
    expect(recogniseByPayload(`{${ROOM},"message":{}}`, 'received', SOMEWHERE)).toBe(actionCable);
    expect(recogniseByPayload('{"command":"subscribe","identifier":"news"}', 'sent', SOMEWHERE)).toBeNull();
    expect(recogniseByPayload('{"type":"welcome"}', 'received', SOMEWHERE)).toBeNull();
  });

  it('labels messages of both sides', () => {
    expect(received(actionCable, '{"type":"welcome"}')).toEqual(['control welcome']);
    expect(received(actionCable, '{"type":"ping","message":1700000000}')).toEqual(['heartbeat ping']);
    expect(sent(actionCable, '{"command":"pong"}')).toEqual(['heartbeat pong']);
    expect(sent(actionCable, `{"command":"subscribe",${ROOM}}`)).toEqual([`control subscribe ChatChannel #${KEY}`]);
    expect(received(actionCable, `{${ROOM},"type":"confirm_subscription"}`)).toEqual([
      `control confirm_subscription ChatChannel #${KEY}`,
    ]);
    expect(received(actionCable, `{${ROOM},"message":{"text":"hi"}}`)).toEqual(['data message ChatChannel']);
    expect(sent(actionCable, String.raw`{"command":"message",${ROOM},"data":"{\"action\":\"speak\"}"}`)).toEqual([
      'data message speak',
    ]);
    expect(received(actionCable, '{"type":"disconnect","reason":"unauthorized"}')).toEqual(['control disconnect']);
    expect(received(actionCable, '{"hello":1}')).toEqual([]);
  });
});

describe('Pusher', () => {
  it('is known by its URL or its own events', () => {
    expect(recogniseByHint(at('wss://ws-eu.pusher.com/app/f6a1?protocol=7&client=js&version=8'))).toBe(pusher);
    expect(recogniseByHint(at('https://example.test/app/dashboard'))).toBeNull();
    expect(recogniseByHint(at('https://example.test/app/dashboard?protocol=https'))).toBeNull();
    expect(recogniseByPayload('{"event":"pusher:ping","data":{}}', 'received', SOMEWHERE)).toBe(pusher);
    expect(
      recogniseByPayload('{"channel":"a","event":"pusher_internal:subscription_succeeded"}', 'received', SOMEWHERE),
    ).toBe(pusher);
    expect(recogniseByPayload('{"event":"news","data":"pusher:ping"}', 'received', SOMEWHERE)).toBeNull();
  });

  it('labels messages of both sides', () => {
    expect(
      received(pusher, String.raw`{"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\"}"}`),
    ).toEqual(['control connection_established']);
    expect(sent(pusher, '{"event":"pusher:subscribe","data":{"channel":"news"}}')).toEqual([
      'control subscribe news #news',
    ]);
    expect(received(pusher, '{"event":"pusher_internal:subscription_succeeded","channel":"news","data":"{}"}')).toEqual(
      ['control subscription_succeeded news #news'],
    );
    expect(received(pusher, '{"event":"headline","channel":"news","data":"{}"}')).toEqual(['data headline news']);
    expect(sent(pusher, '{"event":"client-typing","channel":"private-a","data":{}}')).toEqual([
      'data client-typing private-a',
    ]);
    expect(received(pusher, '{"event":"pusher_internal:member_added","channel":"presence-a"}')).toEqual([
      'data member_added presence-a',
    ]);
    expect(received(pusher, '{"event":"pusher:pong","data":"{}"}')).toEqual(['heartbeat pong']);
    expect(received(pusher, '{"data":1}')).toEqual([]);
  });
});

describe('Centrifugo', () => {
  const JOIN = '{"id":1,"connect":{"token":"t"}}';

  it('is known by its endpoints, subprotocols or first command', () => {
    for (const path of ['connection/websocket', 'connection/uni_sse', 'connection/http_stream', 'emulation'])
      expect(recogniseByHint(at(`https://example.test/${path}`))).toBe(centrifugo);
    expect(recogniseByHint(at('wss://example.test/x', { subprotocol: 'centrifuge-protobuf' }))).toBe(centrifugo);
    expect(recogniseByHint(at('https://example.test/connection/status'))).toBeNull();
    expect(recogniseByPayload(JOIN, 'sent', SOMEWHERE)).toBe(centrifugo);
    expect(recogniseByPayload('{"push":{"channel":"a","pub":{"data":1}}}', 'received', SOMEWHERE)).toBe(centrifugo);
    expect(recogniseByPayload('{"push":{"title":"hi"}}', 'received', SOMEWHERE)).toBeNull();
    expect(recogniseByPayload('{"id":1,"connect":{},"other":2}', 'sent', SOMEWHERE)).toBeNull();
  });

  it('labels lines of both sides', () => {
    expect(sent(centrifugo, `${JOIN}\n{"id":2,"subscribe":{"channel":"ticks"}}`)).toEqual([
      'control connect #1',
      'control subscribe ticks #2',
    ]);
    expect(
      received(centrifugo, '{"id":1,"connect":{"client":"c","ping":25,"pong":true}}\n{"id":2,"subscribe":{}}'),
    ).toEqual(['control connect #1', 'control subscribe #2']);
    expect(received(centrifugo, '{"push":{"channel":"ticks","pub":{"data":{"n":1}}}}')).toEqual(['data pub ticks']);
    expect(received(centrifugo, '{"id":2,"subscribe":{"recovered":true,"publications":[{"data":1}]}}')).toEqual([
      'data subscribe #2',
    ]);
    expect(received(centrifugo, '{"id":1,"connect":{"subs":{"a":{"publications":[{"data":1}]}}}}')).toEqual([
      'data connect #1',
    ]);
    expect(sent(centrifugo, '{"id":3,"rpc":{"method":"add","data":{}}}')).toEqual(['data rpc add #3']);
    expect(received(centrifugo, '{"id":3,"rpc":{"data":{}}}')).toEqual(['data rpc #3']);
    expect(received(centrifugo, '{"id":3,"error":{"code":100,"message":"internal"}}')).toEqual(['control error #3']);
    expect(received(centrifugo, '{"push":{"channel":"ticks","join":{"info":{}}}}')).toEqual(['data join ticks']);
    expect(received(centrifugo, '{"channel":"ticks","pub":{"data":1}}')).toEqual(['data pub ticks']);
    expect(received(centrifugo, 'hello')).toEqual([]);
  });

  it('pings with empty messages', () => {
    expect(received(centrifugo, '{}')).toEqual(['heartbeat ping']);
    expect(sent(centrifugo, '{}')).toEqual(['heartbeat pong']);
    expect(received(centrifugo, '{}\n{"push":{"channel":"a","pub":{}}}')).toEqual(['heartbeat ping', 'data pub a']);
    expect(received(centrifugo, bytes(0))).toEqual(['heartbeat ping']);
    expect(received(centrifugo, bytes(3, 1, 2, 3))).toEqual([]);
  });

  it('emulates the way up', () => {
    const post = at('https://example.test/emulation', { method: 'POST' });
    expect(
      sent(
        centrifugo,
        String.raw`{"session":"s","node":"n","data":"{\"id\":2,\"publish\":{\"channel\":\"a\"}}\n{}"}`,
        post,
      ),
    ).toEqual(['data publish a #2', 'heartbeat pong']);
    expect(centrifugo.side?.(post)).toBe('uplink');
    expect(centrifugo.side?.(at('https://example.test/connection/sse'))).toBe('downlink');
    expect(centrifugo.side?.(at('wss://example.test/connection/websocket'))).toBeNull();
    expect(centrifugo.session?.(post)).toBe(centrifugo.session?.(at('wss://example.test/connection/websocket')));
  });
});
