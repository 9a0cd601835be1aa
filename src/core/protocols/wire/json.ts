import { PARSE_LIMIT } from '../protocol.ts';

export type Json = Record<string, unknown>;

/** Characters of a cut-off or oversized text in which its first members are looked for. */
const HEAD_CHARS = 8192;
/** Deeper in, there is no member that labels anything. */
const HEAD_DEPTH = 32;
const QUOTE = 34;
const BACKSLASH = 92;

/** A whole JSON object or array; undefined for anything else, and for texts too large to parse. */
export function parseJson(text: string): unknown {
  if (text.length > PARSE_LIMIT || !opensJson(text) || !closesJson(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A JSON object or array of which perhaps only the beginning is there (payloads are recorded up to a limit):
 * what the first characters hold completely. undefined for what is not JSON.
 */
export function readJson(text: string): unknown {
  return parseJson(text) ?? (opensJson(text) ? parseHead(text) : undefined);
}

/** Cuts behind the last complete value and closes what is open. */
function parseHead(text: string): unknown {
  const end = Math.min(text.length, HEAD_CHARS);
  const closers: string[] = [];
  let cut = 0;
  let inString = false;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === 123 || code === 91) {
      closers.push(code === 123 ? '}' : ']');
      cut = i + 1;
      if (closers.length === HEAD_DEPTH) break;
    } else if (code === 125 || code === 93) {
      closers.pop();
      cut = i + 1;
      // A whole value that did not parse: a cut-off one would still be open.
      if (closers.length === 0) return undefined;
    } else if (code === 44) cut = i;
  }
  try {
    return JSON.parse(text.slice(0, cut) + closers.reverse().join(''));
  } catch {
    return undefined;
  }
}

/** Does the text begin as an object or array does? Whitespace before it is rare: four characters of it are looked past. */
function opensJson(text: string): boolean {
  for (let i = 0; i < 4; i++) {
    const code = text.charCodeAt(i);
    if (code === 123 || code === 91) return true;
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return false;
}

/** Does it end as one does? A failing parse costs twenty times a succeeding one, and cut-off texts are many. */
function closesJson(text: string): boolean {
  for (let i = text.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code === 125 || code === 93) return true;
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return false;
}

/** The object a text holds, as far as it is there; null for anything else. */
export function readObject(text: string): Json | null {
  const value = readJson(text);
  return isObject(value) ? value : null;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Ids and numbers that name something. */
export const nameOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

export const isEmptyObject = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;
