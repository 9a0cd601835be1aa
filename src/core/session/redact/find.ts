import { isSecret } from './names.ts';

/** What gave a secret away: the name it stands under, or its own form. */
export type SecretKind = 'header' | 'parameter' | 'field' | 'token' | 'user-info';

/** A secret's place in a text. `where`: the name it stands under, '' for one that its form gave away. */
export interface Secret {
  start: number;
  end: number;
  kind: SecretKind;
  where: string;
}

/** No text without any of these has a secret that is looked for; most have none, and this is all they cost. */
const HINT =
  /eyJ|token|secret|passw|pwd|auth|bearer|basic |key|sess|sid|sig|jwt|srf|cookie|credential|passphrase|passcode|otp|ticket|code|hmac/i;

/** RFC 7519: three parts in base64url, the first of which is a JSON object (`{"` is `eyJ`). */
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g;
/** RFC 9110 §11.4: a scheme and what proves who asks. */
const CREDENTIALS = /\b(?:Bearer|Basic|Digest|Negotiate|Token)\s+([\w.~+/=-]{16,})/gi;
/** A name in JSON, and in JSON within the strings of JSON, where each quote has backslashes of its own. */
const FIELD = /(\\*)"([\w.$-]{2,64})\1"\s*:\s*/g;
/** A parameter of a query, a fragment, a form, or of any of these within another, percent-encoded. */
const PARAMETER = /(?:^|[?&;#\s"'{,(]|%3F|%26)([\w.$[\]-]{2,64})(?:=|%3D)((?:(?!%26)[^&\s#;"'<>\\])+)/gi;

/** All secrets of a text, in order, none within another. */
export function findSecrets(text: string): Secret[] {
  if (!HINT.test(text)) return [];
  const found = [...fields(text), ...parameters(text), ...byForm(text, JSON_WEB_TOKEN), ...byForm(text, CREDENTIALS)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((secret) => {
    if (secret.start < end || secret.start === secret.end) return false;
    end = secret.end;
    return true;
  });
}

function* fields(text: string): Generator<Secret> {
  for (const match of text.matchAll(FIELD)) {
    const [whole, slashes = '', name = ''] = match;
    const after = match.index + whole.length;
    const [start, end] = valueAt(text, after, slashes);
    if (isSecret(name, text.slice(start, Math.min(end, start + 200)), 'field'))
      yield { start, end, kind: 'field', where: name };
  }
}

/** The bounds of a string's content or of a number; an empty range for all else. A string that was cut short ends with the text. */
function valueAt(text: string, at: number, slashes: string): [start: number, end: number] {
  if (!text.startsWith(`${slashes}"`, at))
    return [at, at + (/^-?\d[\d.]*/.exec(text.slice(at, at + 30))?.[0].length ?? 0)];
  const start = at + slashes.length + 1;
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = 0;
    while (quote - before > start && text[quote - before - 1] === '\\') before++;
    // A quote within the value has more backslashes before it, or an odd one that belongs to it.
    if (before === slashes.length || (slashes === '' && before % 2 === 0)) return [start, quote - slashes.length];
  }
  return [start, text.length];
}

function* parameters(text: string): Generator<Secret> {
  for (const match of text.matchAll(PARAMETER)) {
    const [whole, name = '', value = ''] = match;
    const end = match.index + whole.length;
    if (isSecret(name, value, 'parameter')) yield { start: end - value.length, end, kind: 'parameter', where: name };
  }
}

function* byForm(text: string, form: RegExp): Generator<Secret> {
  for (const match of text.matchAll(form)) {
    const end = match.index + match[0].length;
    yield { start: end - (match[1] ?? match[0]).length, end, kind: 'token', where: '' };
  }
}

const USER_INFO = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@]+)@/i;
/** Long and of all kinds of characters: a webhook's or a bot's key. Hashes of files, all of them lower case, are none. */
const TOKEN_SEGMENT = /(?<=\/)(?:bot\d+:)?(?=[^/]*\d)(?=[^/]*[a-z])(?=[^/]*[A-Z])[\w~:-]{32,}(?=[/?#]|$)/g;

/** All secrets of a URL, in order. */
export function findSecretsInUrl(url: string): Secret[] {
  const userInfo = USER_INFO.exec(url)?.[1];
  const start = url.indexOf('//') + 2;
  const found: Secret[] =
    userInfo === undefined ? [] : [{ start, end: start + userInfo.length, kind: 'user-info', where: '' }];
  const path = url.split(/[?#]/, 1)[0]!;
  found.push(...findSecrets(url), ...byForm(path, TOKEN_SEGMENT));
  found.sort((a, b) => a.start - b.start);
  let end = 0;
  return found.filter((secret) => {
    if (secret.start < end) return false;
    end = secret.end;
    return true;
  });
}
