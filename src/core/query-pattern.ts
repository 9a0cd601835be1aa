import { isLasting, isVolatile } from './channel-key.ts';

/** A query, piece by piece as it is written: `?room=1` says something, `&since=` is followed by anything. */
export type QueryPattern = readonly { text: string; isOpen: boolean }[];

const AMPERSAND = 38;
const HASH = 35;

/** The pattern of a URL whose query begins at `from`; null where its values alone tell which of them say nothing. */
export function patternOf(url: string, from: number): QueryPattern | null {
  if (from === url.length) return [];
  if (url.includes('#', from)) return null;
  const pattern: { text: string; isOpen: boolean }[] = [];
  for (const [i, pair] of url
    .slice(from + 1)
    .split('&')
    .entries()) {
    const equals = pair.indexOf('=');
    const isOpen = equals >= 0 && isVolatile(pair.slice(0, equals));
    if (!isOpen && equals >= 0 && !isLasting(pair.slice(equals + 1))) return null;
    pattern.push({ text: `${i === 0 ? '?' : '&'}${isOpen ? pair.slice(0, equals + 1) : pair}`, isOpen });
  }
  return pattern;
}

/** Whether the query of another URL says the same. Asked of every request, so it copies nothing. */
export function fitsPattern(url: string, from: number, pattern: QueryPattern): boolean {
  let at = from;
  for (let i = 0; i < pattern.length; i++) {
    const { text, isOpen } = pattern[i]!;
    if (!url.startsWith(text, at)) return false;
    at += text.length;
    for (; isOpen && at < url.length; at++) {
      const code = url.charCodeAt(at);
      if (code === AMPERSAND) break;
      if (code === HASH) return false;
    }
  }
  return at === url.length;
}
