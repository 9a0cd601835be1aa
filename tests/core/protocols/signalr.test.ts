import { JsonHubProtocol, MessageType } from '@microsoft/signalr';
import { describe, expect, it } from 'vitest';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { signalR } from '../../../src/core/protocols/signalr.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

const HUB = 'https://example.test/chatHub';
const RS = '\x1e';
const NEGOTIATED =
  '{"negotiateVersion":1,"connectionId":"807809a5","connectionToken":"05265228","availableTransports":[{"transport":"WebSockets","transferFormats":["Text","Binary"]}]}';

describe('SignalR', () => {
  it('is known by its negotiation', () => {
    expect(recogniseByHint(at(`${HUB}/negotiate?negotiateVersion=1`, { method: 'POST' }))).toBe(signalR);
    expect(recogniseByHint(at('wss://x.service.signalr.net/client/?hub=chat&id=1'))).toBe(signalR);
    expect(recogniseByHint(at('https://example.test/contracts/negotiate'))).toBeNull();
    expect(recogniseByPayload(NEGOTIATED, 'received', at(`${HUB}/negotiate`))).toBe(signalR);
    expect(recogniseByPayload('{"price":1}', 'received', at(`${HUB}/negotiate`))).toBeNull();
  });

  it.each([
    [`{"protocol":"json","version":1}${RS}`, true],
    [`{}${RS}`, true],
    [`{"type":6}${RS}`, true],
    [`{"type":1,"target":"send","arguments":[]}${RS}`, true],
    [bytes(2, 0x91, 6), true],
    ['{"type":6}', false],
    [`{"type":"six"}${RS}`, false],
    [bytes(2, 0x91, 6, 0), false],
    [bytes(2, 0x91, 60), false],
    [bytes(), false],
  ])('recognises %j: %s', (payload, known) =>
    expect(recogniseByPayload(payload, 'received', SOMEWHERE) === signalR).toBe(known),
  );

  it('labels what its own client writes', () => {
    const protocol = new JsonHubProtocol();
    const written = [
      protocol.writeMessage({ type: MessageType.Invocation, target: 'Send', arguments: ['hi'], invocationId: '3' }),
      protocol.writeMessage({ type: MessageType.Ping }),
      protocol.writeMessage({ type: MessageType.StreamInvocation, target: 'Count', arguments: [], invocationId: '4' }),
      protocol.writeMessage({ type: MessageType.CancelInvocation, invocationId: '4' }),
      protocol.writeMessage({ type: MessageType.Completion, invocationId: '9', result: 1 }),
    ].join('');
    expect(sent(signalR, written)).toEqual([
      'data invocation Send #3',
      'heartbeat ping',
      'data stream-invocation Count #4',
      'control cancel-invocation',
      'data completion #<9',
    ]);
  });

  it('labels what a server writes', () => {
    const body = [
      '{}',
      '{"type":1,"target":"ReceiveMessage","arguments":["Ann","hi"]}',
      '{"type":1,"target":"Heartbeat","arguments":[]}',
      '{"type":2,"invocationId":"4","item":1}',
      '{"type":3,"invocationId":"3"}',
      '{"type":6}',
      '{"type":7,"allowReconnect":true}',
      '{"type":9,"sequenceId":5}',
      '{"type":77}',
    ];
    expect(received(signalR, body.map((text) => text + RS).join(''))).toEqual([
      'control handshake #handshake',
      'data invocation ReceiveMessage',
      'heartbeat invocation Heartbeat',
      'data stream-item #4',
      'data completion #3',
      'heartbeat ping',
      'control close',
      'control sequence',
    ]);
    expect(sent(signalR, `{"protocol":"messagepack","version":1}${RS}`)).toEqual([
      'control handshake messagepack #handshake',
    ]);
    expect(received(signalR, NEGOTIATED)).toEqual(['control negotiate']);
    expect(received(signalR, '')).toEqual([]);
  });

  it('reads MessagePack behind lengths', () => {
    // [1, {}, nil, "Tick", [42]]
    const invocation = bytes(0x95, 1, 0x80, 0xc0, 0xa4, 'Tick', 0x91, 42);
    const payload = bytes(invocation.length, invocation, 2, 0x91, 6);
    expect(received(signalR, payload)).toEqual(['data invocation Tick', 'heartbeat ping']);
    expect(signalR.decode(payload, 'received', SOMEWHERE)[0]?.detail).toEqual([1, {}, null, 'Tick', [42]]);
    expect(received(signalR, bytes('{}', RS))).toEqual(['control handshake #handshake']);
    // [3, {}, "7", 3, 5]
    expect(received(signalR, bytes(8, 0x95, 3, 0x80, 0xa1, '7', 3, 5))).toEqual(['data completion #7']);
  });

  it('knows the target of a message of which the head alone was recorded', () => {
    const head = bytes(0x80 | 0x10, 0x27, 0x95, 1, 0x80, 0xc0, 0xa4, 'Tick', 0x91, 0xda, 0x13, 0x88, 'xxxxxxx');
    expect(received(signalR, head)).toEqual(['data invocation Tick']);
    expect(signalR.decode(head, 'received', SOMEWHERE)[0]?.detail).toBeUndefined();
  });

  it('negotiates, waits, sends and hangs up under one key', () => {
    const hub = at(`${HUB}?id=05265228`);
    expect(signalR.side?.(at(`${HUB}/negotiate?negotiateVersion=1`, { method: 'POST' }))).toBe('handshake');
    expect(signalR.side?.(hub)).toBe('downlink');
    expect(signalR.side?.({ ...hub, method: 'POST' })).toBe('uplink');
    expect(signalR.side?.({ ...hub, method: 'DELETE' })).toBe('uplink');
    expect(signalR.side?.(at('wss://example.test/chatHub?id=1'))).toBeNull();
    for (const url of [`${HUB}/negotiate?negotiateVersion=1`, `${HUB}?id=1`, 'wss://example.test/chatHub?id=1'])
      expect(signalR.session?.(at(url))).toBe(HUB);
  });
});
