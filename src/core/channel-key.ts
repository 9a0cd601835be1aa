import { discriminatorOf } from './discriminator.ts';
import { PROTOCOLS } from './protocols/protocols.ts';
import { pathEnd } from './protocols/wire/url.ts';
import { remembered } from './remembered.ts';

/** Query parameters whose value says where a reader stands, not what it asks for. */
const VOLATILE_QUERY =
  /^(_|_?t|ts|time|timestamp|cb|_?nocache|no_?cache|cache_?bust(er)?|(json_?p?_?)?callback|jsonp|rnd|rand|random|since|after|before|cursor|marker|offset|pos|position|last|last_?(event_?)?id|last_?(seen|seq|update)|(min|max|from)_?id|sid|v|seq|index|rev|resource_?version|start|from|page_?token|next_?token)$/i;
/** Parameters that say who asks. A short value may as well be a thing of that name: the token of a market, say. */
const IDENTITY_QUERY = /^((access_?|auth_?)?token|ticket|jwt|nonce|(session|connection|request)_?id)$/i;
const IDENTITY_CHARS = 16;

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

/** What all URLs have in common that differ in their query alone. */
export interface Place {
  /** The URL up to its query, the same text each time. */
  bare: string;
  origin: string;
  path: string;
  /** The path without what a protocol makes anew for each session. */
  jobPath: string;
  /** Both together: the same text each time. */
  target: string;
  /** Host and port. */
  host: string;
}

/** A page asks few places, with another query each time: they are taken apart once. */
const placeByBareUrl = remembered((bare): Place | null => {
  const [, origin] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i.exec(bare) ?? [];
  if (origin === undefined) return null;
  const pathOf = (url: string) =>
    (url.slice(origin.length) || '/')
      .split('/')
      .map((segment) => (isId(segment) ? '{id}' : segment))
      .join('/');
  const jobPath = pathOf(canonicalUrl(bare));
  return { bare, origin, path: pathOf(bare), jobPath, target: origin + jobPath, host: hostOf(bare) };
});

const canonicalUrl = (url: string): string =>
  PROTOCOLS.reduce((canonical, { canonicalUrl }) => canonicalUrl?.(canonical) ?? canonical, url);

let askedUrl = '';
let askedPlace: Place | null = null;

/** Where a URL leads; null when it is not one. Whoever asks of a URL asks of it several times in a row. */
export function placeOf(url: string): Place | null {
  if (url === askedUrl) return askedPlace;
  const end = pathEnd(url, 0);
  askedPlace = placeByBareUrl(end === url.length ? url : url.slice(0, end));
  askedUrl = url;
  return askedPlace;
}

/** The part of a URL that stays the same while one job goes on; null when it is not a URL. */
export function templateOf(url: string): UrlTemplate | null {
  const place = placeOf(url);
  return place === null ? null : { origin: place.origin, path: place.path, query: lastingQuery(url, place) };
}

const NO_QUERY: UrlTemplate['query'] = [];

/** The query of a URL of that place, as a template has it. Asked of every request, so it copies little of what it leaves out. */
export function lastingQuery(url: string, { bare }: Place): UrlTemplate['query'] {
  if (url[bare.length] !== '?') return NO_QUERY;
  const hash = url.indexOf('#', bare.length);
  const end = hash < 0 ? url.length : hash;
  const lasting: [string, string][] = [];
  for (let from = bare.length + 1; from < end; ) {
    let equals = -1;
    let to = from;
    for (; to < end; to++) {
      const code = url.charCodeAt(to);
      if (code === AMPERSAND) break;
      if (code === EQUALS && equals < 0) equals = to;
    }
    const name = url.slice(from, equals < 0 ? to : equals);
    if (to > from && !isVolatile(name)) {
      const value = equals < 0 ? '' : url.slice(equals + 1, to);
      if (isLasting(value) && !(value.length >= IDENTITY_CHARS && isIdentity(name))) lasting.push([name, value]);
    }
    from = to + 1;
  }
  return lasting.length < 2 ? lasting : lasting.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const AMPERSAND = 38;
const EQUALS = 61;
/** Whether a parameter of that name says where a reader stands, and whether a value may say what is asked for. */
export const isVolatile = remembered((name) => VOLATILE_QUERY.test(name));
const isIdentity = remembered((name) => IDENTITY_QUERY.test(name));
export const isLasting = (value: string): boolean => !THROWAWAY.test(value);

export const isSameQuery = (a: UrlTemplate['query'], b: UrlTemplate['query']): boolean =>
  a.length === b.length && a.every(([name, value], i) => name === b[i]![0] && value === b[i]![1]);

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
  const place = placeOf(url);
  const operation = discriminatorOf(url, requestText);
  const target = place?.target ?? url;
  const query = place === null ? NO_QUERY : lastingQuery(url, place);
  const names = query.map(([name]) => name).join('&');
  return { family: `${documentKey ?? ''} ${method} ${target}?${names} ${operation ?? ''}`, query, operation };
}

/**
 * What a request asks for, without cursors, numbers and ids: a poll asks for the same again and again, while somebody who types
 * or looks around asks for something else each time.
 */
export function questionOf(url: string): string {
  const place = placeOf(url);
  if (place === null) return url.split('?', 1)[0]!;
  let question = place.bare;
  for (const [name, value] of lastingQuery(url, place))
    if (!NUMBER.test(value) && !isId(value)) question += `&${name}=${value}`;
  return question;
}
const NUMBER = /^-?\d+(\.\d+)?$/;

export function displayTemplate(url: string): string {
  const place = placeOf(url);
  if (place === null) return url;
  const query = lastingQuery(url, place)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
  return place.jobPath + (query === '' ? '' : `?${query}`);
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
