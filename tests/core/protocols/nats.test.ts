import { describe, expect, it } from 'vitest';
import { nats } from '../../../src/core/protocols/nats.ts';
import { recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { bytes, received, SOMEWHERE, sent } from './reading.ts';

const INFO = 'INFO {"server_id":"NDJWE4","version":"2.10.1","headers":true,"max_payload":1048576}\r\n';

describe('NATS', () => {
  it.each([
    [INFO, true],
    [bytes(INFO), true],
    ['CONNECT {"verbose":false,"pedantic":false}\r\n', true],
    ['INFO {"level":3}', false],
    ['PING\r\n', false],
  ])('recognises %j: %s', (payload, known) =>
    expect(recogniseByPayload(payload, 'received', SOMEWHERE) === nats).toBe(known),
  );

  it('labels operations of both sides', () => {
    expect(received(nats, bytes(INFO))).toEqual(['control info']);
    expect(sent(nats, bytes('CONNECT {"verbose":false}\r\nPING\r\nSUB news.> 1\r\n'))).toEqual([
      'control connect',
      'heartbeat ping',
      'control sub news.>',
    ]);
    expect(received(nats, bytes('PONG\r\nMSG news.a 1 5\r\nhello\r\nMSG news.b 1 2\r\nhi\r\n'))).toEqual([
      'heartbeat pong',
      'data msg news.a',
      'data msg news.b',
    ]);
    expect(received(nats, "+OK\r\n-ERR 'Unknown Protocol Operation'\r\n")).toEqual([
      'control ok',
      "control err 'Unknown Protocol Operation'",
    ]);
    expect(sent(nats, 'UNSUB 1\r\n')).toEqual(['control unsub']);
    expect(sent(nats, 'PUB chat 0\r\n\r\n')).toEqual(['data pub chat']);
  });

  it('pairs requests with what comes to their inbox', () => {
    expect(sent(nats, 'PUB time.now _INBOX.x.7 2\r\n{}\r\n')).toEqual(['data pub time.now #_INBOX.x.7']);
    expect(received(nats, 'MSG _INBOX.x.7 3 4\r\n1234\r\n')).toEqual(['data msg _INBOX.x.7 #_INBOX.x.7']);
    expect(received(nats, 'MSG svc.add 4 _INBOX.y 2\r\n{}\r\n')).toEqual(['data msg svc.add #<_INBOX.y']);
    expect(sent(nats, 'PUB _INBOX.y 1\r\n3\r\n')).toEqual(['data pub _INBOX.y #<_INBOX.y']);
  });

  it('counts sizes in bytes', () => {
    expect(received(nats, 'MSG a 1 6\r\n€€\r\nPING\r\n')).toEqual(['data msg a', 'heartbeat ping']);
    expect(nats.decode('MSG a 1 6\r\n€€\r\n', 'received', SOMEWHERE)[0]?.detail).toEqual({ payload: '€€' });
  });

  it('reads headers', () => {
    const headers = 'NATS/1.0\r\nA: b\r\n\r\n';
    const message = `HMSG a 1 ${headers.length} ${headers.length + 2}\r\n${headers}hi\r\n`;
    expect(received(nats, message)).toEqual(['data msg a']);
    expect(nats.decode(message, 'received', SOMEWHERE)[0]?.detail).toEqual({ payload: 'hi' });
    const idle = 'NATS/1.0 100 Idle Heartbeat\r\n\r\n';
    expect(received(nats, `HMSG a 1 ${idle.length} ${idle.length}\r\n${idle}\r\n`)).toEqual([
      'heartbeat idle-heartbeat a',
    ]);
    const none = 'NATS/1.0 503\r\n\r\n';
    expect(received(nats, `HMSG _INBOX.x 1 ${none.length} ${none.length}\r\n${none}\r\n`)).toEqual([
      'control status 503 #_INBOX.x',
    ]);
  });

  it.each(['', 'hello', 'hello\r\n', 'MSG a 1 x\r\n', 'MSG a 1 -5\r\n', 'toString 1\r\n'])('%j is none', (text) =>
    expect(received(nats, text)).toEqual([]),
  );

  it('labels a message whose payload was cut off', () => {
    expect(received(nats, 'MSG a 1 5000\r\nonly the beginning')).toEqual(['data msg a']);
  });
});
