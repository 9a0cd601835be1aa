export const T0 = Date.UTC(2026, 3, 1, 12);
export const HOST = 'app.test';

export interface Traffic {
  path: string;
  atMs: number;
  tookMs: number;
  status: number;
  statusText: string;
  mimeType: string;
  body: string;
  /** Chromium's word for it. */
  type: string;
  requestHeaders: [string, string][];
  responseHeaders: [string, string][];
}

const request = (given: Partial<Traffic> & Pick<Traffic, 'path' | 'atMs'>): Traffic => ({
  tookMs: 12,
  status: 200,
  statusText: 'OK',
  mimeType: 'application/json',
  body: '',
  type: 'fetch',
  requestHeaders: [
    ['Host', HOST],
    ['Accept', '*/*'],
    ['Sec-Fetch-Dest', 'empty'],
    ['Cookie', 'id=1'],
  ],
  responseHeaders: [
    ['Content-Type', given.mimeType ?? 'application/json'],
    ['Date', 'Wed, 01 Apr 2026 12:00:00 GMT'],
  ],
  ...given,
});

/** Ten polls a second apart, three of which bring something; a page, a picture and a script that are none of our business. */
export const POLLS = Array.from({ length: 10 }, (_, i) =>
  request({ path: `/news?since=${i}`, atMs: 1000 + i * 1000, body: i % 3 === 1 ? `[{"n":${i}}]` : '[]' }),
);
const destined = (dest: string): [string, string][] => [
  ['Host', HOST],
  ['Sec-Fetch-Dest', dest],
];
export const PAGE: Traffic[] = [
  request({
    path: '/',
    atMs: 0,
    type: 'document',
    mimeType: 'text/html',
    body: '<html>',
    requestHeaders: destined('document'),
  }),
  request({
    path: '/app.js',
    atMs: 20,
    type: 'script',
    mimeType: 'text/javascript',
    body: 'x',
    requestHeaders: destined('script'),
  }),
  request({ path: '/logo.png', atMs: 30, type: 'image', mimeType: 'image/png', requestHeaders: destined('image') }),
];

/** Heads as they crossed the wire, in bytes. */
export const wireBytes = ({ path, status, statusText, requestHeaders, responseHeaders }: Traffic) => {
  const lines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return {
    request: `GET ${path} HTTP/1.1\r\n${lines(requestHeaders)}\r\n`.length,
    response: `HTTP/1.1 ${status} ${statusText}\r\n${lines(responseHeaders)}\r\n`.length,
  };
};
