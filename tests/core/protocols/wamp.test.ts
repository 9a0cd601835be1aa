import { describe, expect, it } from 'vitest';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { wamp } from '../../../src/core/protocols/wamp.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

describe('WAMP', () => {
  it('is known by its subprotocol or its greeting', () => {
    expect(recogniseByHint(at('wss://example.test/ws', { subprotocol: 'wamp.2.json' }))).toBe(wamp);
    expect(recogniseByHint(at('wss://example.test/ws', { subprotocol: 'wamp.2.msgpack.batched' }))).toBe(wamp);
    expect(recogniseByHint(at('wss://example.test/wamp'))).toBeNull();
    expect(recogniseByPayload('[1,"realm1",{"roles":{"caller":{}}}]', 'sent', SOMEWHERE)).toBe(wamp);
    expect(recogniseByPayload('[2,9129137332,{"roles":{"broker":{}}}]', 'received', SOMEWHERE)).toBe(wamp);
    expect(recogniseByPayload('[1,"realm1",{}]', 'sent', SOMEWHERE)).toBeNull();
    expect(recogniseByPayload('[2,9129137332,{"roles":{}}]', 'sent', SOMEWHERE)).toBeNull();
  });

  it('pairs requests with their replies', () => {
    expect(sent(wamp, '[1,"realm1",{"roles":{}}]')).toEqual(['control hello realm1']);
    expect(received(wamp, '[2,912913,{"roles":{}}]')).toEqual(['control welcome']);
    expect(sent(wamp, '[32,71,{},"com.app.news"]')).toEqual(['control subscribe com.app.news #71']);
    expect(received(wamp, '[33,71,5512]')).toEqual(['control subscribed #71']);
    expect(received(wamp, '[36,5512,4429,{},["hi"]]')).toEqual(['data event 5512']);
    expect(received(wamp, '[36,5512,4429,{"topic":"com.app.a"},["hi"]]')).toEqual(['data event com.app.a']);
    expect(sent(wamp, '[48,78,{},"com.app.add",[2,3]]')).toEqual(['data call com.app.add #78']);
    expect(received(wamp, '[50,78,{},[5]]')).toEqual(['data result #78']);
    expect(received(wamp, '[8,48,78,{},"com.app.error"]')).toEqual(['data error com.app.error #78']);
    expect(sent(wamp, '[16,80,{"acknowledge":true},"com.app.news",["x"]]')).toEqual(['data publish com.app.news #80']);
    expect(received(wamp, '[17,80,4429]')).toEqual(['control published #80']);
    expect(received(wamp, '[68,6131,9823,{},[1]]')).toEqual(['data invocation 9823 #<6131']);
    expect(sent(wamp, '[70,6131,{},[2]]')).toEqual(['data yield #<6131']);
    expect(received(wamp, '[6,{},"wamp.close.normal"]')).toEqual(['control goodbye wamp.close.normal']);
  });

  it('reads MessagePack', () => {
    const hint = at('wss://example.test/ws', { subprotocol: 'wamp.2.msgpack' });
    const call = bytes(0x95, 48, 0xcd, 1, 2, 0x80, 0xa3, 'add', 0x92, 2, 3);
    expect(sent(wamp, call, hint)).toEqual(['data call add #258']);
    const batched = { ...hint, subprotocol: 'wamp.2.msgpack.batched' };
    expect(sent(wamp, bytes(0, 0, 0, call.length, call, 0, 0, 0, call.length, call), batched)).toHaveLength(2);
  });

  it('reads batches of JSON', () => {
    expect(received(wamp, '[33,1,2]\x18[33,2,3]\x18')).toEqual(['control subscribed #1', 'control subscribed #2']);
  });

  it.each(['', '{}', '[]', '["hi"]', '[99,1]', 'hello'])('%j is none', (text) =>
    expect(received(wamp, text)).toEqual([]),
  );
});
