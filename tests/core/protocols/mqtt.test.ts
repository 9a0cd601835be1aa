import { describe, expect, it } from 'vitest';
import { mqtt } from '../../../src/core/protocols/mqtt.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

/** A packet: first byte, remaining length, body (short enough for a length of one byte). */
const packet = (head: number, ...body: (number | string)[]) => {
  const content = bytes(...body);
  return bytes(head, content.length, content);
};
const CONNECT = packet(0x10, 0, 4, 'MQTT', 4, 2, 0, 60, 0, 2, 'me');
const CONNECT_5 = packet(0x10, 0, 4, 'MQTT', 5, 2, 0, 60, 5, 0x11, 0, 0, 0, 10, 0, 2, 'me');

describe('MQTT', () => {
  it('is known by its subprotocol or its first packet', () => {
    expect(recogniseByHint(at('wss://example.test/x', { subprotocol: 'mqtt' }))).toBe(mqtt);
    expect(recogniseByHint(at('wss://example.test/x', { subprotocol: 'mqttv3.1' }))).toBe(mqtt);
    expect(recogniseByHint(at('wss://example.test/mqtt'))).toBeNull();
    expect(recogniseByPayload(CONNECT, 'sent', SOMEWHERE)).toBe(mqtt);
    expect(recogniseByPayload(packet(0x10, 0, 6, 'MQIsdp', 3, 2, 0, 60, 0, 1, 'x'), 'sent', SOMEWHERE)).toBe(mqtt);
    expect(recogniseByPayload(packet(0x10, 0, 4, 'MQTX', 4), 'sent', SOMEWHERE)).toBeNull();
    expect(recogniseByPayload(bytes(0xc0, 0), 'sent', SOMEWHERE)).toBeNull();
  });

  it.each([CONNECT, CONNECT_5])('names the client that connects', (bytes) => {
    expect(sent(mqtt, bytes)).toEqual(['control connect me #connect']);
    expect(received(mqtt, packet(0x20, 0, 0))).toEqual(['control connack #connect']);
  });

  it('names topics and pairs acknowledgements', () => {
    expect(sent(mqtt, packet(0x82, 0, 9, 0, 3, 'a/+', 1))).toEqual(['control subscribe a/+ #9']);
    expect(sent(mqtt, packet(0x82, 0, 9, 0, 0, 3, 'a/+', 1))).toEqual(['control subscribe a/+ #9']);
    expect(received(mqtt, packet(0x90, 0, 9, 1))).toEqual(['control suback #9']);
    expect(sent(mqtt, packet(0xa2, 0, 10, 0, 3, 'a/+'))).toEqual(['control unsubscribe a/+ #10']);
    expect(received(mqtt, packet(0xb0, 0, 10))).toEqual(['control unsuback #10']);
    expect(received(mqtt, packet(0x30, 0, 3, 'a/b', 'hi'))).toEqual(['data publish a/b']);
    expect(sent(mqtt, packet(0x32, 0, 3, 'a/b', 0, 5, 'hi'))).toEqual(['data publish a/b #5']);
    expect(received(mqtt, packet(0x40, 0, 5))).toEqual(['control puback #5']);
    expect(received(mqtt, packet(0x34, 0, 3, 'a/b', 0, 5, 'hi'))).toEqual(['data publish a/b #<5']);
    expect(sent(mqtt, packet(0x50, 0, 5))).toEqual(['control pubrec #<5']);
    expect(received(mqtt, packet(0x62, 0, 5))).toEqual(['control pubrel #<5']);
    expect(sent(mqtt, packet(0x70, 0, 5))).toEqual(['control pubcomp #<5']);
    expect(sent(mqtt, packet(0xe0))).toEqual(['control disconnect']);
  });

  it('pings', () => {
    expect(sent(mqtt, packet(0xc0))).toEqual(['heartbeat pingreq']);
    expect(received(mqtt, packet(0xd0))).toEqual(['heartbeat pingresp']);
  });

  it('tells service level, flags and payload, with or without the properties of version 5', () => {
    const detail = (payload: Uint8Array) => mqtt.decode(payload, 'received', SOMEWHERE)[0]?.detail;
    expect(detail(packet(0x3d, 0, 1, 'a', 0, 5, '{"n":1}'))).toEqual({
      qos: 2,
      retain: true,
      duplicate: true,
      payload: '{"n":1}',
    });
    expect(detail(packet(0x30, 0, 1, 'a', 0, 'hi'))).toMatchObject({ payload: 'hi' });
    const properties = bytes(3, 0, 2, 'ct', 0x26, 0, 1, 'k', 0, 1, 'v');
    expect(
      detail(bytes(0x30, 3 + 1 + properties.length + 2, 0, 1, 'a', properties.length, properties, 'hi')),
    ).toMatchObject({
      payload: 'hi',
    });
  });

  it('finds several packets in one message, and the head of one cut off', () => {
    expect(received(mqtt, bytes(packet(0xd0), packet(0x30, 0, 1, 'a', 'x'), packet(0x30, 0, 1, 'b', 'y')))).toEqual([
      'heartbeat pingresp',
      'data publish a',
      'data publish b',
    ]);
    expect(received(mqtt, bytes(0x30, 0xff, 0xff, 0x03, 0, 1, 'a', 'only the beginning'))).toEqual(['data publish a']);
    expect(received(mqtt, bytes(0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 1))).toEqual([]);
    expect(received(mqtt, bytes(0x00, 0))).toEqual([]);
    expect(received(mqtt, bytes(0x7b, 2, 0, 5))).toEqual([]);
    expect(sent(mqtt, bytes(0x80, 8, 0, 9, 0, 3, 'a/+', 1))).toEqual([]);
    expect(received(mqtt, 'ping')).toEqual([]);
  });
});
