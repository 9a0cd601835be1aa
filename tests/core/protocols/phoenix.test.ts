import { describe, expect, it } from 'vitest';
import { phoenix } from '../../../src/core/protocols/phoenix.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

const POLL = at('https://example.test/socket/longpoll?vsn=2.0.0&token=tok');

describe('Phoenix channels', () => {
  it.each([
    ['wss://example.test/socket/websocket?vsn=2.0.0', true],
    ['wss://example.test/live/websocket?_csrf_token=x&vsn=2.0.0', true],
    ['wss://x.supabase.co/realtime/v1/websocket?apikey=k&vsn=1.0.0', true],
    [POLL.url, true],
    ['wss://example.test/socket/websocket', false],
    ['https://example.test/longpoll?vsn=7', false],
  ])('claims %s: %s', (url, claimed) => expect(recogniseByHint(at(url)) === phoenix).toBe(claimed));

  it.each([
    ['["3","3","room:1","phx_join",{}]', true],
    ['[null,"9","phoenix","heartbeat",{}]', true],
    ['{"topic":"room:1","event":"phx_join","payload":{},"ref":"1"}', true],
    ['["3","3","room:1","tick",{}]', false],
    ['{"topic":"room:1","event":"join"}', false],
    ['[1,2,3,4,5]', false],
  ])('recognises %s: %s', (text, known) => expect(recogniseByPayload(text, 'sent', SOMEWHERE) === phoenix).toBe(known));

  it('labels arrays (version 2)', () => {
    expect(sent(phoenix, '["3","3","room:1","phx_join",{}]')).toEqual(['control join room:1 #3']);
    expect(received(phoenix, '["3","3","room:1","phx_reply",{"status":"ok","response":{}}]')).toEqual([
      'control reply room:1 #3',
    ]);
    expect(received(phoenix, '["3",null,"room:1","tick",{"n":1}]')).toEqual(['data tick room:1']);
    expect(sent(phoenix, '["3","4","room:1","say",{"hi":1}]')).toEqual(['data say room:1 #4']);
    expect(received(phoenix, '["3","4","room:1","phx_reply",{"status":"ok","response":{}}]')).toEqual([
      'data reply room:1 #4',
    ]);
    expect(received(phoenix, '["3","3","room:1","phx_close",{}]')).toEqual(['control close room:1 #<3']);
    expect(sent(phoenix, '[null,"5","phoenix","heartbeat",{}]')).toEqual(['heartbeat heartbeat #5']);
    expect(received(phoenix, '[null,"5","phoenix","phx_reply",{"status":"ok","response":{}}]')).toEqual([
      'heartbeat reply #5',
    ]);
  });

  it('labels objects (version 1)', () => {
    expect(sent(phoenix, '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"2"}')).toEqual([
      'heartbeat heartbeat #2',
    ]);
    expect(received(phoenix, '{"topic":"room:1","event":"presence_diff","payload":{},"ref":null}')).toEqual([
      'data presence_diff room:1',
    ]);
  });

  it('labels polling answers by their own status', () => {
    expect(received(phoenix, '{"status":204,"token":"tok","messages":[]}', POLL)).toEqual(['heartbeat timeout']);
    expect(received(phoenix, '{"status":410,"token":"tok","messages":[]}', POLL)).toEqual(['control status 410']);
    expect(received(phoenix, '{"status":200}', POLL)).toEqual(['control status 200']);
    const texts = String.raw`{"status":200,"messages":["[\"3\",null,\"room:1\",\"tick\",{}]","[null,\"5\",\"phoenix\",\"phx_reply\",{}]"]}`;
    expect(received(phoenix, texts, POLL)).toEqual(['data tick room:1', 'heartbeat reply #5']);
    const objects = '{"status":200,"messages":[{"topic":"room:1","event":"tick","payload":{},"ref":null}]}';
    expect(received(phoenix, objects, POLL)).toEqual(['data tick room:1']);
    expect(received(phoenix, '{"status":200,"messages":["AAA="]}', POLL)).toEqual(['data message']);
  });

  it('posts one message a line', () => {
    expect(sent(phoenix, '["3","3","a","phx_join",{}]\n["3","4","a","say",{}]', POLL)).toEqual([
      'control join a #3',
      'data say a #4',
    ]);
  });

  it('labels binary messages', () => {
    expect(sent(phoenix, bytes(0, 1, 2, 1, 3, '3', '12', 'a', 'say', 9, 9))).toEqual(['data say a #12']);
    expect(received(phoenix, bytes(0, 1, 1, 4, '3', 'a', 'tick', 9))).toEqual(['data tick a']);
    expect(received(phoenix, bytes(1, 1, 2, 1, 2, '3', '12', 'a', 'ok', 9))).toEqual(['data reply a #12']);
    expect(received(phoenix, bytes(2, 1, 4, 'a', 'tick', 9))).toEqual(['data tick a']);
    expect(received(phoenix, bytes(3, 1, 1))).toEqual([]);
    expect(received(phoenix, bytes(2, 200, 200, 'a'))).toEqual([]);
  });

  it('opens, waits and posts under one key', () => {
    expect(phoenix.side?.(at('https://example.test/socket/longpoll?vsn=2.0.0&'))).toBe('handshake');
    expect(phoenix.side?.(POLL)).toBe('downlink');
    expect(phoenix.side?.({ ...POLL, method: 'POST' })).toBe('uplink');
    expect(phoenix.session?.(POLL)).toBe('https://example.test/socket');
    expect(phoenix.session?.(at('wss://example.test/socket/websocket?vsn=2.0.0'))).toBe('https://example.test/socket');
  });
});
