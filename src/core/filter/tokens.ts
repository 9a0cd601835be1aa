/** One word of a filter, as it was typed from `start` to `end` (exclusive) of the text. */
export interface Token {
  start: number;
  end: number;
  negated: boolean;
  /** In lower case; null: plain text. */
  key: string | null;
  value: TokenValue;
}

export type TokenValue = { kind: 'text'; text: string } | { kind: 'regex'; source: string; flags: string; raw: string };

const SPACE = /\s/;
const KEY = /[a-z-]+:/iy;
/** A regular expression ends at a slash that no backslash escapes; letters behind it that are no flags make it a path. */
const REGEX = /\/((?:\\.|[^\\/])+)\/([imsu]*)(?=\s|$)/y;
/** An unfinished quote reaches to the end: it is being typed. */
const QUOTED = /"((?:\\.|[^"\\])*)"?/y;
const BARE = /\S+/y;

/**
 * Takes a filter apart: `space = and`, `-` negates, `key:value`, `/re/flags`, `"quoted text"`. A word before a colon is a key
 * only if `isKey` says so; `http://host` is text. Never throws; every character but spaces belongs to one token.
 */
export function tokenize(text: string, isKey: (name: string) => boolean): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (SPACE.test(text[at]!)) at++;
    else {
      const token = readToken(text, at, isKey);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function readToken(text: string, start: number, isKey: (name: string) => boolean): Token {
  const followed = start + 1 < text.length && !SPACE.test(text[start + 1]!);
  const negated = text[start] === '-' && followed;
  let at = negated ? start + 1 : start;
  const name = match(KEY, text, at)?.[0].slice(0, -1).toLowerCase();
  const key = name !== undefined && isKey(name) ? name : null;
  if (key !== null) at += key.length + 1;
  const { value, end } = readValue(text, at);
  return { start, end, negated, key, value };
}

function readValue(text: string, at: number): { value: TokenValue; end: number } {
  const regex = match(REGEX, text, at);
  if (regex !== null) {
    const [raw, source = '', flags = ''] = regex;
    return { value: { kind: 'regex', source, flags, raw }, end: at + raw.length };
  }
  const quoted = match(QUOTED, text, at);
  if (quoted !== null)
    return { value: { kind: 'text', text: quoted[1]!.replace(/\\(.)/gs, '$1') }, end: at + quoted[0].length };
  const bare = match(BARE, text, at)?.[0] ?? '';
  return { value: { kind: 'text', text: bare }, end: at + bare.length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A value as it must be typed to be read again as this text. */
export const quote = (text: string): string =>
  /[\s"]|^[-/]|^$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
