import { describe, expect, it } from 'vitest';
import { bayeux } from '../../../src/core/protocols/bayeux.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { at, received, SOMEWHERE, sent } from './reading.ts';

const CONNECT = '{"id":"7","channel":"/meta/connect","successful":true,"advice":{"reconnect":"retry"}}';
const post = (path: string) => at(`https://example.test${path}`, { method: 'POST' });

describe('Bayeux', () => {
  it.each([
    [post('/cometd'), true],
    [post('/app/cometd/'), true],
    [post('/cometd/connect'), true],
    [post('/faye'), true],
    [at('wss://example.test/bayeux'), true],
    [at('https://example.test/faye?message=%5B%5D&jsonp=__jsonp1__'), true],
    [at('https://example.test/faye'), false],
    [post('/faye/about'), false],
  ])('claims $url: %s', (hint, claimed) => expect(recogniseByHint(hint) === bayeux).toBe(claimed));

  it('is known by its meta channels', () => {
    expect(recogniseByPayload('[{"channel":"/meta/handshake","version":"1.0"}]', 'sent', SOMEWHERE)).toBe(bayeux);
    expect(recogniseByPayload(`[${CONNECT}]`, 'received', SOMEWHERE)).toBe(bayeux);
    expect(recogniseByPayload('[{"channel":"/meta/games","data":1}]', 'received', SOMEWHERE)).toBeNull();
    expect(recogniseByPayload('[{"channel":"general"}]', 'received', SOMEWHERE)).toBeNull();
  });

  it('holds the line with connect', () => {
    expect(received(bayeux, `[${CONNECT}]`)).toEqual(['heartbeat connect #7']);
    expect(
      sent(bayeux, '[{"id":"7","channel":"/meta/connect","connectionType":"long-polling","clientId":"x"}]'),
    ).toEqual(['heartbeat connect #7']);
    expect(received(bayeux, '[{"id":"7","channel":"/meta/connect","successful":false,"error":"402::"}]')).toEqual([
      'control connect #7',
    ]);
  });

  it('brings messages beside it', () => {
    expect(
      received(bayeux, `[{"channel":"/ticks","data":{"n":1},"id":"x"},{"channel":"/ticks","data":{"n":2}},${CONNECT}]`),
    ).toEqual(['data message /ticks', 'data message /ticks', 'heartbeat connect #7']);
  });

  it('tells publications from their receipts', () => {
    expect(sent(bayeux, '[{"id":"9","channel":"/chat","data":{"text":"hi"},"clientId":"x"}]')).toEqual([
      'data publish /chat #9',
    ]);
    expect(received(bayeux, '[{"id":"9","channel":"/chat","successful":true}]')).toEqual(['control ack /chat #9']);
    expect(
      received(bayeux, '[{"id":"2","channel":"/meta/subscribe","subscription":"/chat","successful":true}]'),
    ).toEqual(['control subscribe #2']);
  });

  it('comes as a script too, and nothing else is Bayeux', () => {
    expect(received(bayeux, `/**/__jsonp3__([${CONNECT}]);`)).toEqual(['heartbeat connect #7']);
    for (const text of ['', '[]', '{}', '[1,2]', 'hello', '[{"channel":5}]'])
      expect(received(bayeux, text)).toEqual([]);
  });

  it('tells by its path what a request is for', () => {
    expect(bayeux.side?.(post('/cometd/handshake'))).toBe('handshake');
    expect(bayeux.side?.(post('/cometd/connect'))).toBe('downlink');
    expect(bayeux.side?.(post('/cometd/disconnect'))).toBe('uplink');
    expect(bayeux.side?.(post('/cometd'))).toBeNull();
    for (const path of ['/cometd', '/cometd/', '/cometd/connect'])
      expect(bayeux.session?.(post(path))).toBe('https://example.test/cometd');
  });
});
