import { describe, expect, it } from 'vitest';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { sockJs } from '../../../src/core/protocols/sockjs.ts';
import { at, received, sent } from './reading.ts';

const BASE = 'https://example.test/echo/123/abcd_12x';

describe('SockJS', () => {
  it.each([
    [`${BASE}/xhr`, true],
    [`${BASE}/xhr_send`, true],
    [`${BASE}/xhr_streaming?t=1`, true],
    [`${BASE}/eventsource`, true],
    [`${BASE}/htmlfile?c=_jp.a`, true],
    [`${BASE}/jsonp`, true],
    ['wss://example.test/echo/123/abcd/websocket', true],
    ['https://example.test/echo/server-a/abcd/xhr_send', true],
    ['wss://example.test/echo/websocket', false],
    ['wss://example.test/app/rooms/websocket', false],
    ['https://example.test/api/stream/eventsource', false],
    ['https://example.test/a.b/c/xhr', false],
  ])('claims %s: %s', (url, claimed) => expect(recogniseByHint(at(url)) === sockJs).toBe(claimed));

  it('is known by what it says of itself', () => {
    const info = '{"websocket":true,"origins":["*:*"],"cookie_needed":false,"entropy":3321421}';
    expect(recogniseByPayload(info, 'received', at('https://example.test/echo/info?t=17'))).toBe(sockJs);
    expect(recogniseByPayload('{"websocket":true}', 'received', at('https://example.test/info'))).toBeNull();
    expect(received(sockJs, info)).toEqual(['control info']);
  });

  it.each([
    ['o', ['control open']],
    ['h', ['heartbeat heartbeat']],
    ['a["one"]', ['data message']],
    ['a["one","{\\"two\\":2}"]', ['data message', 'data message']],
    ['m"one"', ['data message']],
    ['c[3000,"Go away!"]', ['control close']],
    ['a["\\n"]', ['heartbeat heartbeat']],
    ['a["{\\"type\\":\\"ping\\"}"]', ['heartbeat ping']],
    ['a["MESSAGE\\ndestination:/topic/news\\nsubscription:sub-0\\n\\nhi\\u0000"]', ['data message /topic/news']],
    ['hello', []],
    ['open', []],
    ['a', []],
    ['', []],
  ])('receives %s as %j', (frame, words) => expect(received(sockJs, frame)).toEqual(words));

  it('sends arrays of texts', () => {
    expect(sent(sockJs, '["hello","world"]')).toEqual(['data message', 'data message']);
    expect(sent(sockJs, '"hello"')).toEqual(['data message']);
    expect(sent(sockJs, 'd=%5B%22hello%22%5D')).toEqual(['data message']);
    expect(sent(sockJs, '["SUBSCRIBE\\nid:sub-0\\ndestination:/topic/news\\n\\n\\u0000"]')).toEqual([
      'control subscribe /topic/news',
    ]);
  });

  it('streams one frame a line behind 2 kB of padding', () => {
    const body = `${'h'.repeat(2048)}\no\na["1"]\nh\na["2","3"]\n`;
    expect(received(sockJs, body)).toEqual([
      'control prelude',
      'control open',
      'data message',
      'heartbeat heartbeat',
      'data message',
      'data message',
    ]);
  });

  it('wraps frames in calls for script transports', () => {
    expect(received(sockJs, '/**/_jp.abc("a[\\"x\\"]");\r\n')).toEqual(['data message']);
    expect(received(sockJs, '<script>\np("a[\\"x\\"]");\n</script>\r\n')).toEqual(['data message']);
  });

  it('has URLs that differ by server and session alone', () => {
    expect(sockJs.canonicalUrl?.(`${BASE}/xhr_send?t=5`)).toBe('https://example.test/echo/{id}/{id}/xhr_send?t=5');
    const other = 'wss://example.test/realtime/v1/websocket?vsn=1.0.0';
    expect(sockJs.canonicalUrl?.(other)).toBe(other);
  });

  it('has one session for both ways', () => {
    expect(sockJs.side?.(at(`${BASE}/xhr_streaming`))).toBe('downlink');
    expect(sockJs.side?.(at(`${BASE}/xhr_send`, { method: 'POST' }))).toBe('uplink');
    expect(sockJs.side?.(at('https://example.test/echo/info?t=1'))).toBe('handshake');
    expect(sockJs.side?.(at('wss://example.test/echo/123/abcd/websocket'))).toBeNull();
    expect(sockJs.session?.(at(`${BASE}/xhr_send?t=5`))).toBe(BASE);
    expect(sockJs.session?.(at(`${BASE}/eventsource`))).toBe(BASE);
    expect(sockJs.session?.(at('https://example.test/echo/info'))).toBeNull();
  });
});
