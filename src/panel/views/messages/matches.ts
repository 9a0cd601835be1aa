/** Highlights are drawn for so many matches of a text. */
const MAX_MATCHES = 200;

/** Where a global pattern is found in a text; matches of nothing are left out. */
export function matchesIn(text: string, pattern: RegExp): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { index, 0: part } of text.matchAll(pattern)) {
    if (part !== '') found.push({ start: index, end: index + part.length });
    if (found.length === MAX_MATCHES) break;
  }
  return found;
}
