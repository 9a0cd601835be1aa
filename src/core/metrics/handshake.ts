import type { Header, NetworkEntry } from '../model.ts';

/** What the browser adds to every request, as its other requests showed. */
export interface BrowserHeaders {
  userAgent: string | null;
  acceptLanguage: string | null;
  /** Cookie header by host. */
  cookies: Map<string, string>;
}

export const createBrowserHeaders = (): BrowserHeaders => ({
  userAgent: null,
  acceptLanguage: null,
  cookies: new Map(),
});

const MAX_HOSTS = 200;
const COOKIE = 'cookie';
const USER_AGENT = 'user-agent';
const LANGUAGE = 'accept-language';

/** What one request told of the browser; null: nothing. */
export interface BrowserTold {
  userAgent: string | null;
  acceptLanguage: string | null;
  cookie: string | null;
}

export function toldBy(requestHeaders: readonly Header[]): BrowserTold {
  const told: BrowserTold = { userAgent: null, acceptLanguage: null, cookie: null };
  for (const [name, value] of requestHeaders) {
    // Most are none of the three by their length alone.
    if (name.length === COOKIE.length && name.toLowerCase() === COOKIE) told.cookie ??= value;
    else if (name.length === USER_AGENT.length && name.toLowerCase() === USER_AGENT) told.userAgent = value;
    else if (name.length === LANGUAGE.length && name.toLowerCase() === LANGUAGE) told.acceptLanguage = value;
  }
  return told;
}

export const learnHeaders = (known: BrowserHeaders, { url, requestHeaders }: NetworkEntry): void =>
  learnTold(known, hostOf(url), toldBy(requestHeaders));

/** The same of a request to that host whose headers were read already. */
export function learnTold(
  known: BrowserHeaders,
  host: string,
  { userAgent, acceptLanguage, cookie }: BrowserTold,
): void {
  known.userAgent = userAgent ?? known.userAgent;
  known.acceptLanguage = acceptLanguage ?? known.acceptLanguage;
  if (cookie === null || known.cookies.get(host) === cookie) return;
  if (known.cookies.size < MAX_HOSTS || known.cookies.has(host)) known.cookies.set(host, cookie);
}

/** An estimate in bytes, and how far it may be off. */
export interface HeadEstimate {
  request: number;
  requestPlusMinus: number;
  response: number;
  responsePlusMinus: number;
}

/** A page may offer more subprotocols than the one agreed on; a server may add Date, Server and cookies of its own. */
const UNSEEN_OFFERS_BYTES = 24;
const UNSEEN_RESPONSE_BYTES = 100;
const KEY = 'x'.repeat(24);
const ACCEPT = 'x'.repeat(28);

/**
 * Heads of a WebSocket handshake (RFC 6455 §4.1, §4.2.2) as Chromium writes them, line by line (held against raw sockets with
 * Chromium 156): the network log tells them only once the socket has closed. Null while no request has shown what the browser is.
 */
export function estimateHandshake(
  known: BrowserHeaders,
  { url, pageOrigin, protocol, extensions }: { url: string; pageOrigin: string; protocol: string; extensions: string },
): HeadEstimate | null {
  if (known.userAgent === null) return null;
  const isSecure = /^wss:/i.test(url) || /^wss?:\/\/(localhost|127\.|\[::1\])/i.test(url);
  const request = [
    `GET ${/^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] || '/'} HTTP/1.1`,
    `Host: ${hostOf(url)}`,
    'Connection: Upgrade',
    'Pragma: no-cache',
    'Cache-Control: no-cache',
    `User-Agent: ${known.userAgent}`,
    'Upgrade: websocket',
    `Origin: ${pageOrigin}`,
    'Sec-WebSocket-Version: 13',
    `Accept-Encoding: ${isSecure ? 'gzip, deflate, br, zstd' : 'gzip, deflate'}`,
    ...line('Accept-Language', known.acceptLanguage),
    ...line('Cookie', known.cookies.get(hostOf(url))),
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
    ...line('Sec-WebSocket-Protocol', protocol),
  ];
  const response = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${ACCEPT}`,
    ...line('Sec-WebSocket-Protocol', protocol),
    ...line('Sec-WebSocket-Extensions', extensions),
  ];
  return {
    request: headBytes(request),
    requestPlusMinus: UNSEEN_OFFERS_BYTES,
    response: headBytes(response),
    responsePlusMinus: UNSEEN_RESPONSE_BYTES,
  };
}

const line = (name: string, value: string | null | undefined): string[] => (value ? [`${name}: ${value}`] : []);
const CRLF = 2;
const headBytes = (lines: readonly string[]): number => lines.reduce((sum, { length }) => sum + length + CRLF, CRLF);
const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
