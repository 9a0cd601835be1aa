import { describe, expect, it } from 'vitest';
import { engineIo } from '../../../src/core/protocols/engine.io.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { socketIo } from '../../../src/core/protocols/socket.io.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

const SOCKET = at('wss://example.test/socket.io/?EIO=4&transport=websocket');
const POLL = at('https://example.test/socket.io/?EIO=4&transport=polling&t=abc&sid=xyz');
const POST = { ...POLL, method: 'POST' };
const OPEN =
  '0{"sid":"lv_VI97","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

describe('Socket.IO is known by its URL', () => {
  it.each([
    [SOCKET.url, 'socket.io'],
    [POLL.url, 'socket.io'],
    ['https://example.test/realtime/socket.io/?EIO=3&transport=polling', 'socket.io'],
    ['wss://example.test/engine.io/?EIO=4&transport=websocket', 'engine.io'],
    ['wss://example.test/ws?EIO=4&transport=websocket', 'engine.io'],
    ['https://example.test/socket.io/socket.io.js', undefined],
    ['https://example.test/search?q=EIO=4&transport=bus', undefined],
  ])('%s → %s', (url, id) => expect(recogniseByHint(at(url))?.id).toBe(id));

  it('or, under a path of its own, by the packet that lets the client in', () => {
    const elsewhere = at('wss://example.test/ws?EIO=4&transport=websocket');
    expect(recogniseByPayload('40{"sid":"abc"}', 'received', elsewhere)).toBe(socketIo);
    expect(recogniseByPayload('42["tick",1]', 'received', elsewhere)).toBe(socketIo);
    expect(recogniseByPayload('4hello', 'received', elsewhere)).toBeNull();
    expect(recogniseByPayload('40{"sid":"abc"}', 'received', SOMEWHERE)).toBeNull();
  });

  it('Engine.IO by its handshake, in the framing of either version', () => {
    expect(recogniseByPayload(OPEN, 'received', SOMEWHERE)).toBe(engineIo);
    expect(recogniseByPayload(`${OPEN.length}:${OPEN}2:40`, 'received', SOMEWHERE)).toBe(engineIo);
    expect(recogniseByPayload('0{"sid":"abc"}', 'received', SOMEWHERE)).toBeNull();
  });
});

describe('packets of Socket.IO', () => {
  it.each([
    [OPEN, 'control open'],
    ['2', 'heartbeat ping'],
    ['6', 'heartbeat noop'],
    ['3probe', 'control probe #probe'],
    ['1', 'control close'],
    ['40{"sid":"oSO0OpakMV"}', 'control connect /'],
    ['40/admin,{"sid":"oSO0OpakMV"}', 'control connect /admin'],
    ['41/admin,', 'control disconnect /admin'],
    ['44{"message":"Not authorized"}', 'control connect_error /'],
    ['42["tick",{"price":1}]', 'data event tick'],
    ['42/admin,["tick"]', 'data event tick'],
    ['427["are you there"]', 'data event are you there #<7'],
    ['4312["done"]', 'data ack #12'],
    ['43/admin,1[]', 'data ack #1'],
    ['451-["photo",{"_placeholder":true,"num":0}]', 'data event photo'],
    ['461-/admin,456[{"_placeholder":true,"num":0}]', 'data ack #456'],
    ['42["ping"]', 'heartbeat event ping'],
    ['42["ping",{"from":"Ann"}]', 'data event ping'],
  ])('%s arrives as %s', (packet, words) => expect(received(socketIo, packet, SOCKET)).toEqual([words]));

  it.each([
    ['2probe', 'control probe #probe'],
    ['5', 'control upgrade'],
    ['3', 'heartbeat pong'],
    ['40', 'control connect /'],
    ['4212["message","hi"]', 'data event message #12'],
    ['437["yes"]', 'data ack #<7'],
  ])('%s leaves as %s', (packet, words) => expect(sent(socketIo, packet, SOCKET)).toEqual([words]));

  it.each(['', 'x', '7', '2pro', '0nothing', 'hello'])('%j is none', (text) =>
    expect(received(socketIo, text, SOCKET)).toEqual([]),
  );

  it('give their arguments as detail', () => {
    expect(socketIo.decode('42/a,["tick",{"n":1},2]', 'received', SOCKET)[0]?.detail).toEqual({
      namespace: '/a',
      data: ['tick', { n: 1 }, 2],
    });
  });

  it('keep their name when the text was cut off', () => {
    expect(received(socketIo, `42["tick",{"list":[1,2,"${'x'.repeat(20_000)}`, SOCKET)).toEqual(['data event tick']);
    expect(socketIo.decode('42["tick",{"a":', 'received', SOCKET)[0]?.detail).toBeUndefined();
  });
});

describe('binary messages of Socket.IO', () => {
  it('are attachments', () => {
    expect(received(socketIo, bytes(1, 2, 3), SOCKET)).toEqual(['data attachment']);
    expect(received(socketIo, bytes(0x82, 1, 2), SOCKET)).toEqual(['data attachment']);
  });

  it('are packets where the MessagePack parser is in use', () => {
    // {"type":2,"data":["tick",1],"nsp":"/"}
    const packet = bytes(0x83, 0xa4, 'type', 2, 0xa4, 'data', 0x92, 0xa4, 'tick', 1, 0xa3, 'nsp', 0xa1, '/');
    expect(received(socketIo, packet, SOCKET)).toEqual(['data event tick']);
  });

  it('have the packet type before them in version 3', () => {
    const older = at('wss://example.test/engine.io/?EIO=3&transport=websocket');
    expect(engineIo.decode(bytes(4, 'hi'), 'received', older)).toMatchObject([{ role: 'data', op: 'message' }]);
  });
});

describe('polling bodies of Engine.IO', () => {
  it('hold packets between separators', () => {
    expect(received(socketIo, '2\x1e42["a"]\x1e42["b"]', POLL)).toEqual([
      'heartbeat ping',
      'data event a',
      'data event b',
    ]);
    expect(received(socketIo, '451-["f",{"_placeholder":true,"num":0}]\x1ebAQIDBA==', POLL)).toEqual([
      'data event f',
      'data attachment',
    ]);
    expect(received(socketIo, 'b***', POLL)).toEqual([]);
  });

  it('hold packets behind their lengths in version 3', () => {
    const older = at('https://example.test/socket.io/?EIO=3&transport=polling&sid=x');
    const body = `${OPEN.length}:${OPEN}2:4010:42["añb€"]6:3probe10:b4AQIDBA==`;
    expect(received(socketIo, body, older)).toEqual([
      'control open',
      'control connect /',
      'data event añb€',
      'control probe #probe',
      'data attachment',
    ]);
    expect(received(socketIo, '1:3x:2', older)).toEqual(['heartbeat pong']);
    expect(received(socketIo, '9:42["cut', older)).toEqual(['data event']);
  });

  it('hold binary packets behind their lengths in version 3', () => {
    const older = at('https://example.test/socket.io/?EIO=3&transport=polling&sid=x');
    expect(received(socketIo, bytes(0, 1, 255, '2', 1, 3, 255, 4, 7, 7), older)).toEqual([
      'heartbeat ping',
      'data attachment',
    ]);
    expect(received(socketIo, bytes(9, 9, 9), older)).toEqual([]);
  });

  it('come as scripts and forms where there is no XMLHttpRequest', () => {
    expect(received(socketIo, '___eio[0]("42[\\"a\\"]");', POLL)).toEqual(['data event a']);
    expect(sent(socketIo, 'd=42%5B%22a%22%5D', POST)).toEqual(['data event a']);
  });

  it('are ok when a post was taken in', () => expect(received(socketIo, 'ok', POST)).toEqual(['control ok']));
});

describe('the requests of Engine.IO', () => {
  it('open, wait or send, and share a key with the WebSocket they are upgraded to', () => {
    expect(socketIo.side?.(at('https://example.test/socket.io/?EIO=4&transport=polling'))).toBe('handshake');
    expect(socketIo.side?.(POLL)).toBe('downlink');
    expect(socketIo.side?.(POST)).toBe('uplink');
    expect(socketIo.side?.(SOCKET)).toBeNull();
    expect(socketIo.session?.(POLL)).toBe('https://example.test/socket.io/');
    expect(socketIo.session?.(SOCKET)).toBe(socketIo.session?.(POLL));
  });
});

describe('Engine.IO without Socket.IO', () => {
  it('carries whatever the application likes', () => {
    expect(received(engineIo, '4hello', SOCKET)).toEqual(['data message']);
    expect(received(engineIo, '4ping', SOCKET)).toEqual(['heartbeat ping']);
    expect(received(engineIo, bytes(1, 2), SOCKET)).toEqual(['data message']);
  });
});
