import { looksRandom, secrecyOf } from './names.ts';

/** What gave a secret away: the name it stands under, or its own form. */
export type SecretKind = 'header' | 'parameter' | 'field' | 'token' | 'user-info';

/** A secret's place in a text. `where`: the name it stands under, '' for one that its form gave away. */
export interface Secret {
  start: number;
  end: number;
  kind: SecretKind;
  where: string;
  /** A bare number of JSON, which only another number can replace. */
  isNumber: boolean;
}

/** No text without any of these has a secret that is looked for; most have none, and this is all they cost. */
const HINT =
  /eyJ|token|secret|passw|pwd|auth|bearer|basic |key|sess|sid|sig|jwt|srf|cookie|credential|passphrase|passcode|otp|ticket|code|hmac/i;

/** RFC 7519: three parts in base64url, the first of which is a JSON object (`{"` is `eyJ`). */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g;
/** RFC 9110 §11.4: a scheme and what proves who asks. */
const CREDENTIALS = /\b(?:Bearer|Basic|Digest|Negotiate|Token)\s+([\w.~+/=-]{16,})/gi;
/** A name in JSON, and in JSON within the strings of JSON, where each quote has backslashes of its own. */
const FIELD = /(?<!\\)(\\*)"([\w.$-]{2,64})\1"\s*:\s*/g;
/** A parameter of a query, a fragment, a form, or of any of these within another, percent-encoded. */
const PARAMETER = /(^|[?&;#\s"'{,(]|%3F|%26)([\w.$[\]-]{2,64})(?:=|%3D)/gi;
const PARAMETER_VALUE = /(?:(?!%26)[^&\s#;"'<>\\])*/iy;

/** All secrets of a text, in order, none within another. */
export function findSecrets(text: string): Secret[] {
  if (!HINT.test(text)) return [];
  return withoutOverlap([
    ...fields(text),
    ...parameters(text),
    ...byForm(text, JSON_WEB_TOKEN),
    ...byForm(text, CREDENTIALS),
  ]);
}

function* fields(text: string): Generator<Secret> {
  for (const match of text.matchAll(FIELD)) {
    const [whole, slashes = '', name = ''] = match;
    const secrecy = secrecyOf(name, 'field');
    if (secrecy === 'never') continue;
    const after = match.index + whole.length;
    const isText = text.startsWith(`${slashes}"`, after);
    const start = isText ? after + slashes.length + 1 : after;
    const end = isText ? endOfString(text, start, slashes) : after + numberAt(text, after).length;
    if (secrecy === 'always' || looksRandom(text.slice(start, end)))
      yield { start, end, kind: 'field', where: name, isNumber: !isText };
  }
}

/** '' when there is none, or nothing but zeros, which is what numbers are replaced with. */
function numberAt(text: string, at: number): string {
  const number = /^-?\d[\d.]*/.exec(text.slice(at, at + 30))?.[0] ?? '';
  return /[1-9]/.test(number) ? number : '';
}

/** Where the content of a JSON string ends; one that was cut short ends with the text. */
function endOfString(text: string, start: number, slashes: string): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = 0;
    while (quote - before > start && text[quote - before - 1] === '\\') before++;
    // A quote within the value has more backslashes before it, or an odd one that belongs to it.
    if (before === slashes.length || (slashes === '' && before % 2 === 0)) return quote - slashes.length;
  }
  return text.length;
}

function* parameters(text: string): Generator<Secret> {
  let passed = 0;
  for (const match of text.matchAll(PARAMETER)) {
    const [whole, lead, name = ''] = match;
    const start = match.index + whole.length;
    // Within a secret nothing more is looked for: hostile text would make it a long search.
    if (start < passed || secrecyOf(name, 'parameter') === 'never') continue;
    PARAMETER_VALUE.lastIndex = start;
    const rest = PARAMETER_VALUE.exec(text)![0];
    // `;jsessionid=…` belongs to the path, which the query ends.
    const value = lead === ';' ? rest.split('?', 1)[0]! : rest;
    passed = start + value.length;
    yield { start, end: passed, kind: 'parameter', where: name, isNumber: false };
  }
}

function* byForm(text: string, form: RegExp): Generator<Secret> {
  for (const match of text.matchAll(form)) {
    const end = match.index + match[0].length;
    yield { start: end - (match[1] ?? match[0]).length, end, kind: 'token', where: '', isNumber: false };
  }
}

const USER_INFO = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@]+)@/i;
/** Long and of all kinds of characters: a webhook's or a bot's key. Hashes of files, all of them lower case, are none. */
const TOKEN_SEGMENT = /(?<=\/)(?:bot\d+:)?(?=[^/]*\d)(?=[^/]*[a-z])(?=[^/]*[A-Z])[\w~:-]{32,}(?=[/?#]|$)/g;

/** All secrets of a URL, in order, none within another. */
export function findSecretsInUrl(url: string): Secret[] {
  const userInfo = USER_INFO.exec(url)?.[1];
  const start = url.indexOf('//') + 2;
  return withoutOverlap([
    ...(userInfo === undefined
      ? []
      : [{ start, end: start + userInfo.length, kind: 'user-info', where: '', isNumber: false } as const]),
    ...findSecrets(url),
    ...byForm(url.split(/[?#]/, 1)[0]!, TOKEN_SEGMENT),
  ]);
}

function withoutOverlap(found: Secret[]): Secret[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((secret) => {
    if (secret.start < end || secret.start === secret.end) return false;
    end = secret.end;
    return true;
  });
}
