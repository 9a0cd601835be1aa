import { describe, expect, it } from 'vitest';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { stomp } from '../../../src/core/protocols/stomp.ts';
import { at, bytes, received, SOMEWHERE, sent } from './reading.ts';

describe('STOMP', () => {
  it.each([
    ['v10.stomp', true],
    ['v11.stomp', true],
    ['v12.stomp', true],
    ['v13.stomp', false],
    ['', false],
  ])('claims subprotocol %j: %s', (subprotocol, claimed) =>
    expect(recogniseByHint(at('wss://example.test/ws', { subprotocol })) === stomp).toBe(claimed),
  );

  it.each([
    ['CONNECT\naccept-version:1.2\nhost:x\n\n\0', true],
    ['CONNECTED\r\nversion:1.2\r\n\r\n\0', true],
    [bytes('MESSAGE\ndestination:/a\n\nhi\0'), true],
    ['DISCONNECT\n\n\0', true],
    ['CONNECT', false],
    ['MESSAGE\nhello everybody', false],
    ['SENDER\nid:1\n\n\0', false],
    ['\n', false],
  ])('recognises %j: %s', (payload, known) =>
    expect(recogniseByPayload(payload, 'sent', SOMEWHERE) === stomp).toBe(known),
  );

  it('labels frames of both sides', () => {
    expect(sent(stomp, 'CONNECT\naccept-version:1.2\n\n\0')).toEqual(['control connect #connect']);
    expect(received(stomp, 'CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0')).toEqual(['control connected #connect']);
    expect(sent(stomp, 'SUBSCRIBE\nid:0\ndestination:/topic/news\nreceipt:r1\n\n\0')).toEqual([
      'control subscribe /topic/news #r1',
    ]);
    expect(received(stomp, 'RECEIPT\nreceipt-id:r1\n\n\0')).toEqual(['control receipt #r1']);
    expect(sent(stomp, 'SEND\ndestination:/queue/a\ncorrelation-id:9\n\n{"n":1}\0')).toEqual(['data send /queue/a #9']);
    expect(
      received(stomp, 'MESSAGE\nsubscription:0\nmessage-id:7\ndestination:/queue/b\ncorrelation-id:9\n\nok\0\n'),
    ).toEqual(['data message /queue/b #9']);
    expect(received(stomp, 'ERROR\nmessage:no such queue\n\n\0')).toEqual(['control error no such queue']);
  });

  it('beats with line ends', () => {
    expect(received(stomp, '\n')).toEqual(['heartbeat heartbeat']);
    expect(sent(stomp, '\r\n')).toEqual(['heartbeat heartbeat']);
    expect(received(stomp, '')).toEqual([]);
  });

  it('finds several frames in one message, and the head of one cut off', () => {
    const frame = 'MESSAGE\ndestination:/a\n\n1\0\n';
    expect(received(stomp, `${frame}${frame}MESSAGE\ndestination:/b\n\nlong`)).toEqual([
      'data message /a',
      'data message /a',
      'data message /b',
    ]);
    expect(received(stomp, 'MESSAGE')).toEqual(['data message']);
  });

  it('gives headers and body as detail, the first of equal headers, unescaped', () => {
    const [label] = stomp.decode(
      'SEND\ndestination:a\\cb\ndestination:c\nto\\\\from:x\n\nline 1\nline 2\0',
      'sent',
      SOMEWHERE,
    );
    expect(label?.detail).toEqual({
      command: 'SEND',
      headers: { destination: 'a:b', 'to\\from': 'x' },
      body: 'line 1\nline 2',
    });
  });
});
