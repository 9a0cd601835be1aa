import { HOST, T0, type Traffic, wireBytes } from './traffic.ts';

/** The same traffic as each tool writes it down. */

const iso = (atMs: number): string => new Date(T0 + atMs).toISOString();
const listed = (headers: [string, string][]) => headers.map(([name, value]) => ({ name, value }));
const url = ({ path }: Traffic): string => `https://${HOST}${path}`;

export const chrome = {
  creator: { name: 'WebInspector', version: '537.36' },
  entry: (t: Traffic) => ({
    _connectionId: '42',
    _initiator: { type: 'script' },
    _priority: 'High',
    _resourceType: t.type,
    cache: {},
    connection: '443',
    pageref: 'page_1',
    request: {
      method: 'GET',
      url: url(t),
      httpVersion: 'http/1.1',
      headers: listed(t.requestHeaders),
      queryString: [],
      cookies: [],
      headersSize: wireBytes(t).request - 2,
      bodySize: 0,
    },
    response: {
      status: t.status,
      statusText: t.statusText,
      httpVersion: 'http/1.1',
      headers: listed(t.responseHeaders),
      cookies: [],
      content: { size: t.body.length, mimeType: t.mimeType, text: t.body },
      redirectURL: '',
      headersSize: wireBytes(t).response,
      bodySize: t.body.length,
      _transferSize: wireBytes(t).response + t.body.length,
      _error: null,
      _fetchedViaServiceWorker: false,
    },
    serverIPAddress: '127.0.0.1',
    startedDateTime: iso(t.atMs),
    time: t.tookMs + 0.25,
    timings: {
      blocked: 0.25,
      dns: -1,
      ssl: -1,
      connect: -1,
      send: 0.1,
      wait: t.tookMs - 0.6,
      receive: 0.5,
      _blocked_queueing: 0.2,
    },
  }),
};

export const firefox = {
  creator: { name: 'Firefox', version: '153.7' },
  entry: (t: Traffic) => ({
    startedDateTime: iso(t.atMs).replace('Z', '+00:00'),
    request: {
      bodySize: 0,
      method: 'GET',
      url: url(t),
      httpVersion: 'HTTP/1.1',
      headers: listed(t.requestHeaders),
      cookies: [],
      queryString: [],
      headersSize: wireBytes(t).request,
    },
    response: {
      status: t.status,
      statusText: t.statusText,
      httpVersion: 'HTTP/1.1',
      headers: listed(t.responseHeaders),
      cookies: [],
      content: { mimeType: t.mimeType, size: t.body.length, text: t.body },
      redirectURL: '',
      headersSize: wireBytes(t).response - 2,
      bodySize: wireBytes(t).response - 2 + t.body.length,
    },
    cache: {},
    timings: { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: t.tookMs, receive: 0 },
    time: t.tookMs,
    _securityState: 'secure',
    serverIPAddress: '127.0.0.1',
    connection: '443',
    pageref: 'page_1',
  }),
};

export const playwright = {
  creator: { name: 'Playwright', version: '1.65.1' },
  entry: (t: Traffic) => ({
    startedDateTime: iso(t.atMs),
    time: t.tookMs,
    request: {
      method: 'GET',
      url: url(t),
      httpVersion: 'HTTP/1.1',
      cookies: [{ name: 'id', value: '1' }],
      headers: listed(t.requestHeaders),
      queryString: [],
      headersSize: 100,
      bodySize: 0,
    },
    response: {
      status: t.status,
      statusText: t.statusText,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listed(t.responseHeaders),
      content: {
        size: t.body.length,
        mimeType: t.mimeType,
        encoding: 'base64',
        text: Buffer.from(t.body).toString('base64'),
      },
      headersSize: 90,
      bodySize: t.body.length,
      redirectURL: '',
      _transferSize: 90 + t.body.length,
    },
    cache: {},
    timings: { dns: -1, connect: -1, ssl: -1, send: 0, wait: t.tookMs, receive: 0 },
    pageref: 'page@6f1f',
    _monotonicTime: 12.5,
    _securityDetails: {},
  }),
};

export const mitmproxy = {
  creator: { name: 'mitmproxy', version: '12.1.1', comment: '' },
  entry: (t: Traffic) => ({
    startedDateTime: iso(t.atMs).replace('Z', '123+00:00'),
    time: t.tookMs,
    request: {
      method: 'GET',
      url: url(t),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listed(t.requestHeaders),
      queryString: [],
      headersSize: 77,
      bodySize: 0,
    },
    response: {
      status: t.status,
      statusText: t.statusText,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listed(t.responseHeaders),
      content: { size: t.body.length, compression: 0, mimeType: `${t.mimeType}; charset=utf-8`, text: t.body },
      redirectURL: '',
      headersSize: 66,
      bodySize: t.body.length,
    },
    cache: {},
    timings: { connect: -1, ssl: -1, send: 0, receive: 1, wait: t.tookMs - 1 },
    serverIPAddress: '127.0.0.1',
  }),
};

/** Numbers are text here and there, and what is not known is left out. */
export const webPageTest = {
  creator: { name: 'WebPagetest', version: '21.07' },
  entry: (t: Traffic) => ({
    pageref: 'page_1_0_1',
    startedDateTime: iso(t.atMs).replace('Z', '+00:00'),
    time: t.tookMs,
    request: {
      method: 'GET',
      url: url(t),
      headersSize: 300,
      bodySize: -1,
      cookies: [],
      headers: listed(t.requestHeaders),
      httpVersion: 'HTTP/1.1',
      queryString: [],
    },
    response: {
      httpVersion: 'HTTP/1.1',
      redirectURL: '',
      status: t.status,
      statusText: t.statusText,
      headersSize: -1,
      bodySize: String(t.body.length),
      headers: listed(t.responseHeaders),
      cookies: [],
      content: { size: t.body.length, mimeType: t.mimeType, text: t.body },
    },
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: t.tookMs, receive: 0 },
    _ttfb_ms: '11',
    _priority: null,
  }),
};

interface Vendor {
  creator: object;
  entry(traffic: Traffic): object;
}

export const VENDORS: Record<string, Vendor> = { chrome, firefox, playwright, mitmproxy, webPageTest };

export const harOf = ({ creator }: { creator: object }, entries: readonly object[]): object => ({
  log: {
    version: '1.2',
    creator,
    pages: [{ startedDateTime: iso(0), id: 'page_1', title: `https://${HOST}/`, pageTimings: { onLoad: 100 } }],
    entries,
  },
});
