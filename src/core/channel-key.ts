/** Query parameters whose value says where a reader stands, not what it asks for. */
const VOLATILE_QUERY = /^(_|t|ts|cb|nocache|rnd|since|cursor|after|offset|lasteventid|sid|v)$/i;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGITS = /^\d+$/;
const HEX = /^[0-9a-f]{16,}$/i;
const TOKEN_CHARS = 20;
/** Bits per character from which 20 characters are a token rather than a word. */
const TOKEN_ENTROPY = 3.5;

/** `https://host/users/42?since=7&room=1` → origin `https://host`, path `/users/{id}`, query `room=1`. */
export interface UrlTemplate {
  origin: string;
  path: string;
  query: string;
}

/** The part of a URL that stays the same while one job goes on; null when it is not a URL. */
export function templateOf(url: string): UrlTemplate | null {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url);
  if (parts === null) return null;
  const path = (parts[2] || '/').split('/').map((segment) => (isId(segment) ? '{id}' : segment));
  const query = (parts[3] ?? '')
    .split('&')
    .filter((pair) => pair !== '' && !VOLATILE_QUERY.test(pair.split('=', 1)[0]!))
    .sort();
  return { origin: parts[1]!, path: path.join('/'), query: query.join('&') };
}

/** What tells the jobs of one document apart. */
export function channelKey(method: string, url: string, documentKey: string | null): string {
  const template = templateOf(url);
  const target = template === null ? url : `${template.origin}${template.path}?${template.query}`;
  return `${documentKey ?? ''} ${method} ${target}`;
}

export function displayTemplate(url: string): string {
  const template = templateOf(url);
  return template === null ? url : template.path + (template.query === '' ? '' : `?${template.query}`);
}

export const originOf = (url: string): string => templateOf(url)?.origin ?? '';

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
