import { describe, expect, it } from 'vitest';
import { createBrowserHeaders, estimateHandshake, learnHeaders } from '../../../src/core/metrics/handshake.ts';
import { entryOf } from '../../support/timeline.ts';

const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36';
const page = (headers: [string, string][]) =>
  entryOf({ url: 'http://127.0.0.1:46709/', requestHeaders: [['User-Agent', AGENT], ...headers] });

describe('the handshake of an open WebSocket', () => {
  it('is as long as the one that Chromium 156 wrote on the wire', () => {
    const known = createBrowserHeaders();
    learnHeaders(
      known,
      page([
        ['Accept-Language', 'en-US,en;q=0.9'],
        ['Cookie', 'a=b'],
      ]),
    );
    const url = 'ws://127.0.0.1:46709/live?x=1';
    const head = estimateHandshake(known, {
      url,
      pageOrigin: 'http://127.0.0.1:46709',
      protocol: 'a, b',
      extensions: '',
    });
    // Read off a raw socket; the response of METRICS' table has 129 bytes, and 175 with deflate.
    expect(head).toMatchObject({ request: 548, response: 129 + 'Sec-WebSocket-Protocol: a, b\r\n'.length });
  });
  it('grows by the extension that was agreed on', () => {
    const known = createBrowserHeaders();
    learnHeaders(known, page([]));
    const of = (extensions: string) =>
      estimateHandshake(known, { url: 'wss://a.test/', pageOrigin: 'https://a.test', protocol: '', extensions })!;
    expect(of('').response).toBe(129);
    expect(of('permessage-deflate').response - 129).toBe('Sec-WebSocket-Extensions: permessage-deflate\r\n'.length);
  });
  it('is unknown while no request has shown what the browser is', () => {
    const given = { url: 'wss://a.test/', pageOrigin: 'https://a.test', protocol: '', extensions: '' };
    expect(estimateHandshake(createBrowserHeaders(), given)).toBeNull();
  });
});
