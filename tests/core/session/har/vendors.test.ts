import { describe, expect, it } from 'vitest';
import { readHar, reportAt, reportsOf } from './read-text.ts';
import { PAGE, POLLS, T0, type Traffic, wireBytes } from './traffic.ts';
import { chrome, harOf, mitmproxy, VENDORS } from './vendors.ts';

const total = (side: 'request' | 'response') => POLLS.reduce((sum, poll) => sum + wireBytes(poll)[side], 0);

describe.each(Object.entries(VENDORS))('a HAR of %s', (name, vendor) => {
  const log = readHar(harOf(vendor, [...PAGE, ...POLLS].map(vendor.entry)));

  it('shows its polls as one channel, and neither the page nor its parts', () => {
    expect(reportsOf(log)).toHaveLength(1);
    expect(reportAt(log, '/news')).toMatchObject({
      transport: 'polling',
      urlTemplate: '/news',
      httpVersion: 'http/1.1',
      exchanges: 10,
      baseline: 1,
      source: 'network',
    });
  });

  it('judges what each brought', () => {
    expect(reportAt(log, '/news')).toMatchObject({ useful: 3, wasted: { empty: 6 }, errors: 0, unjudged: 0 });
  });

  it('knows the bytes of heads, and how well', () => {
    const { requestHeader, responseHeader, payloadReceived, framing } = reportAt(log, '/news').bytes;
    expect(requestHeader.value).toBe(total('request'));
    expect(responseHeader.value).toBe(total('response'));
    expect(requestHeader.provenance).toBe(name === 'chrome' ? 'measured' : 'estimated');
    expect(payloadReceived.value).toBe(POLLS.reduce((sum, { body }) => sum + body.length, 0));
    expect(framing.value).toBe(0);
  });
});

describe('what tools leave out', () => {
  const [poll] = POLLS as [Traffic];
  const entry = (change: (entry: ReturnType<typeof chrome.entry>) => unknown): object => {
    const made = chrome.entry(poll);
    change(made);
    return harOf(chrome, [made]);
  };
  const only = (har: object) => readHar(har).history.exchanges.all[0]!.network!;

  it('is unknown, not 0', () => {
    const read = only(
      entry((e) => {
        Object.assign(e.request, { headersSize: -1, bodySize: -1 });
        Object.assign(e.response, { headersSize: -1, bodySize: -1, content: { size: -1, mimeType: '' } });
      }),
    );
    expect(read).toMatchObject({
      requestHeaderBytes: null,
      responseHeaderBytes: null,
      responseBodyWireBytes: null,
      contentBytes: null,
      requestBodyBytes: null,
      contentType: null,
      body: null,
    });
  });

  it('may be the whole response, where nobody answered', () => {
    const log = readHar(entry((e) => Reflect.deleteProperty(e, 'response')));
    expect(reportsOf(log)[0]).toMatchObject({ exchanges: 1, errors: 1 });
  });

  it('may be the duration, which the timings have too', () => {
    const read = only(entry((e) => Object.assign(e, { time: null })));
    expect(read.endedAt - read.startedAt).toBeCloseTo(poll.tookMs + 0.25, 9);
  });

  it('may be the size of a body that is there', () => {
    const read = only(entry((e) => Object.assign(e.response.content, { size: -1, text: '[“…”]' })));
    expect(read).toMatchObject({ contentBytes: 11, body: '[“…”]' });
  });

  it('may be decompression: such a body is unknown', () => {
    const gzip = Buffer.from([0x1f, 0x8b, 8, 0]).toString('base64');
    expect(only(entry((e) => Object.assign(e.response.content, { text: gzip, encoding: 'base64' }))).body).toBeNull();
  });

  it.each([
    ['HTTP/2.0', 'h2'],
    ['h2', 'h2'],
    ['http/2+quic/46', 'h3'],
    ['HTTP/3', 'h3'],
    ['HTTP/1.0', 'http/1.0'],
    ['unknown', ''],
  ])('or one name for %s', (given, expected) => {
    expect(only(entry((e) => Object.assign(e.response, { httpVersion: given }))).httpVersion).toBe(expected);
  });

  it('is not guessed for HTTP/2, whose heads are compressed', () => {
    const made = mitmproxy.entry(poll);
    made.response.httpVersion = 'HTTP/2.0';
    expect(only(harOf(mitmproxy, [made]))).toMatchObject({ requestHeaderBytes: null, responseHeaderBytes: null });
  });
});

describe('a request that the page broke off', () => {
  it('is no error', () => {
    const broken = POLLS.map((poll) =>
      chrome.entry({ ...poll, status: 0, statusText: '', body: '', responseHeaders: [] }),
    );
    for (const { response } of broken)
      Object.assign(response, { _error: 'net::ERR_ABORTED', headersSize: -1, bodySize: -1 });
    expect(reportAt(readHar(harOf(chrome, broken)), '/news')).toMatchObject({ exchanges: 10, aborted: 10, errors: 0 });
  });
});

describe('an answer from the cache', () => {
  it('crossed no wire', () => {
    const cached = POLLS.map((poll) => ({ ...chrome.entry(poll), _fromCache: 'disk' }));
    expect(reportAt(readHar(harOf(chrome, cached)), '/news')).toMatchObject({ requests: 0, cached: 10 });
  });
});

describe('the order of entries', () => {
  it('does not matter where requests overlap: a stream that ended last may come first', () => {
    const entries = [...POLLS].reverse().map(chrome.entry);
    const log = readHar(harOf(chrome, entries));
    expect(reportAt(log, '/news')).toMatchObject({ transport: 'polling', exchanges: 10 });
    expect(log.startedAt).toBe(T0 + 1000);
  });
});

describe('a long body', () => {
  const [poll] = POLLS as [Traffic];
  const long = `["${'\\"x\\"'.repeat(5000)}"]`;
  const bodies = (type: string) =>
    readHar(harOf(chrome, [chrome.entry({ ...poll, type, body: long })]), 1000).history.exchanges.all.map(
      ({ network }) => network?.body,
    );

  it('is read of what was fetched, and passed over of the parts of a page', () => {
    expect(bodies('fetch')).toEqual([long]);
    expect(bodies('script')).toEqual([]);
  });

  it('is found though its name is long as well', () => {
    const entry = { ...chrome.entry({ ...poll, type: 'script' }), ['n'.repeat(20_000)]: long };
    expect(readHar(harOf(chrome, [entry])).channels).toEqual([]);
  });
});
