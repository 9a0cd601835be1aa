import { discriminatorOf } from './discriminator.ts';
import { PROTOCOLS } from './protocols/protocols.ts';

/** Query parameters whose value says where a reader stands, not what it asks for. */
const VOLATILE_QUERY =
  /^(_|_?t|ts|time|timestamp|cb|_?nocache|no_?cache|cache_?bust(er)?|rnd|rand|random|since|after|before|cursor|marker|offset|pos|position|last|last_?(event_?)?id|last_?(seen|seq|update)|(min|max|from)_?id|sid|v|seq|start|from|page_?token|next_?token)$/i;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGITS = /^\d+$/;
const HEX = /^[0-9a-f]{16,}$/i;
/** `0.8471…` of Math.random(), or a time in milliseconds: made anew for each request. */
const THROWAWAY = /^(0?\.\d{6,}|\d{10,})$/;
const TOKEN_CHARS = 20;
/** Bits per character from which 20 characters are a token rather than a word. */
const TOKEN_ENTROPY = 3.5;

/** `https://host/users/42?since=7&room=1` → origin `https://host`, path `/users/{id}`, query `[['room', '1'], …]`. */
export interface UrlTemplate {
  origin: string;
  path: string;
  /** Sorted by name; without those whose value changes by itself. */
  query: readonly (readonly [name: string, value: string])[];
}

/** The part of a URL that stays the same while one job goes on; null when it is not a URL. */
export function templateOf(url: string): UrlTemplate | null {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url);
  if (parts === null) return null;
  const path = (parts[2] || '/').split('/').map((segment) => (isId(segment) ? '{id}' : segment));
  const query = (parts[3] ?? '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    })
    .filter(([name, value]) => !VOLATILE_QUERY.test(name) && !THROWAWAY.test(value))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { origin: parts[1]!, path: path.join('/'), query };
}

const canonicalUrl = (url: string): string =>
  PROTOCOLS.reduce((canonical, { canonicalUrl }) => canonicalUrl?.(canonical) ?? canonical, url);

/** Requests that may be one job: alike in all but the values of their query. */
export interface KeyParts {
  family: string;
  query: UrlTemplate['query'];
}

/** `requestText`: head of the body, which names the operation of a GraphQL or JSON-RPC call. */
export function keyParts(
  documentKey: string | null,
  method: string,
  url: string,
  requestText: string | null,
): KeyParts & { operation: string | null } {
  const template = templateOf(canonicalUrl(url));
  const operation = discriminatorOf(url, requestText);
  const target = template === null ? url : `${template.origin}${template.path}`;
  const names = template?.query.map(([name]) => name).join('&') ?? '';
  return {
    family: `${documentKey ?? ''} ${method} ${target}?${names} ${operation ?? ''}`,
    query: template?.query ?? [],
    operation,
  };
}

/**
 * What a request asks for, without cursors, numbers and ids: a poll asks for the same again and again, while somebody who types
 * or looks around asks for something else each time.
 */
export function questionOf(url: string): string {
  const query = templateOf(url)?.query ?? [];
  const words = query
    .filter(([, value]) => !NUMBER.test(value) && !isId(value))
    .map(([name, value]) => `${name}=${value}`);
  return [url.split('?', 1)[0], ...words].join('&');
}
const NUMBER = /^-?\d+(\.\d+)?$/;

export function displayTemplate(url: string): string {
  const template = templateOf(canonicalUrl(url));
  if (template === null) return url;
  const query = template.query.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  return template.path + (query === '' ? '' : `?${query}`);
}

/** Host and port, whatever the scheme: a page's WebSocket and its requests may go to the same server. */
export const hostOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';

export const originOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';

const isId = (segment: string): boolean =>
  DIGITS.test(segment) ||
  UUID.test(segment) ||
  HEX.test(segment) ||
  (segment.length >= TOKEN_CHARS && entropyBits(segment) >= TOKEN_ENTROPY);

/** Shannon entropy per character. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}
