import { describe, expect, it } from 'vitest';
import {
  dataCount,
  isHeartbeat,
  isHeartbeatPayload,
  isWithoutData,
  labelsOf,
} from '../../../src/core/protocols/labels.ts';
import { socketIo } from '../../../src/core/protocols/socket.io.ts';
import { sockJs } from '../../../src/core/protocols/sockjs.ts';
import { at, bytes, inWords, SOMEWHERE } from './reading.ts';

const POLL = at('https://example.test/socket.io/?EIO=4&transport=polling&sid=x');

describe('heartbeats that applications make themselves', () => {
  it.each([
    'ping',
    'PONG',
    ' ping\n',
    '"pong"',
    'heartbeat',
    'keep-alive',
    'keepalive',
    'primus::ping::1700000000000',
    '"primus::pong::1700000000000"',
    'PING :tmi.twitch.tv',
    '',
    '\n',
    '{"type":"ping"}',
    '{"type":"PING","id":7,"time":1700000000}',
    '{"event":"heartbeat","ts":"2024-01-01T00:00:00Z"}',
    '{"op":"ping","args":[]}',
    '{"msg":"ping"}',
    '{"method":"ping","params":{"timestamp":1}}',
    '{"action":"heartbeat","data":null}',
    '{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"x"}',
    '{"ping":1700000000}',
    '{"pong":1700000000}',
    '["ping"]',
    bytes('ping'),
    bytes(),
  ])('%j', (payload) => expect(isHeartbeatPayload(null, payload, 'received', SOMEWHERE)).toBe(true));

  it.each([
    'pinging the server',
    'ping pong',
    'pingpong',
    '0',
    '{}',
    '[]',
    '{"type":"pingpong"}',
    '{"type":"heartbeat","bpm":72}',
    '{"type":"ping","message":"are you there?"}',
    '{"type":"score","name":"ping"}',
    '{"type":"ping","data":{"player":"Ann"}}',
    '{"ping":{"from":"Ann"}}',
    '["ping","Ann"]',
    `{"type":"ping","id":"${'x'.repeat(300)}"}`,
    bytes(9),
    bytes('x'.repeat(33)),
  ])('and not %j', (payload) => expect(isHeartbeatPayload(null, payload, 'received', SOMEWHERE)).toBe(false));

  it('are not an empty body', () => {
    expect(isHeartbeatPayload(null, '', 'received', at('https://example.test/api'))).toBe(false);
    expect(isHeartbeatPayload(null, 'ping', 'received', at('https://example.test/api'))).toBe(true);
  });

  it('are named in event streams', () => {
    const event = (eventName: string) => at('https://example.test/stream', { eventName });
    expect(isHeartbeatPayload(null, '', 'received', event('ping'))).toBe(true);
    expect(isHeartbeatPayload(null, '{"time":1}', 'received', event('heartbeat'))).toBe(true);
    expect(isHeartbeatPayload(null, '', 'received', event('message'))).toBe(true);
    expect(isHeartbeatPayload(null, '', 'received', event('refresh'))).toBe(false);
    expect(isHeartbeatPayload(null, 'x'.repeat(300), 'received', event('ping'))).toBe(false);
  });

  it('are known inside a protocol that says nothing of them', () => {
    expect(isHeartbeatPayload(sockJs, 'ping', 'received', SOMEWHERE)).toBe(true);
    expect(isHeartbeatPayload(socketIo, '42["tick"]', 'received', SOMEWHERE)).toBe(false);
  });
});

describe('the labels of a body', () => {
  it('tell heartbeats from packets without data, and count messages', () => {
    const of = (body: string) => labelsOf(socketIo, body, 'received', POLL);
    expect(isHeartbeat(of('2'))).toBe(true);
    expect(isHeartbeat(of('2\x1e6'))).toBe(true);
    expect(isHeartbeat(of('40{"sid":"x"}\x1e2'))).toBe(false);
    expect(isWithoutData(of('40{"sid":"x"}\x1e2'))).toBe(true);
    expect(isWithoutData(of('2\x1e42["a"]'))).toBe(false);
    expect(dataCount(of('2\x1e42["a"]\x1e451-["b",{"_placeholder":true,"num":0}]\x1ebAQID'))).toBe(2);
  });

  it('say nothing of what is not known', () => {
    const none = labelsOf(null, '{"price":1}', 'received', SOMEWHERE);
    expect(none).toEqual([]);
    expect([isHeartbeat(none), isWithoutData(none), dataCount(none)]).toEqual([false, false, 0]);
  });

  it('take whole event streams apart', () => {
    const stream = at('https://example.test/echo/123/abc/eventsource', { contentType: 'text/event-stream' });
    const body = 'data: o\n\ndata: h\n\ndata: a["1","2"]\n\n';
    expect(inWords(labelsOf(sockJs, body, 'received', stream))).toEqual([
      'control open',
      'heartbeat heartbeat',
      'data message',
      'data message',
    ]);
    expect(inWords(labelsOf(sockJs, 'h', 'received', { ...stream, eventName: 'message' }))).toEqual([
      'heartbeat heartbeat',
    ]);
  });
});
