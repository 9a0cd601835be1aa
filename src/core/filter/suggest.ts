import { isKey, KEYS } from './keys.ts';
import { STATES } from './states.ts';
import { quote, type Token, tokenize } from './tokens.ts';

/** Values seen in what was recorded, by key; keys that are missing have none to suggest but their own. */
export type KnownValues = Partial<Record<string, readonly string[]>>;

export interface Suggestion {
  /** What the list shows: `transport:` or `transport:sse`. */
  text: string;
  key: string;
  /** null: the key is suggested, its value follows. */
  value: string | null;
}

export interface Suggestions {
  /** The part of the filter that taking a suggestion replaces. */
  start: number;
  end: number;
  items: readonly Suggestion[];
}

const OWN_VALUES: KnownValues = {
  is: [...STATES.keys()],
  dir: ['sent', 'received'],
  interval: ['<1s', '<5s', '>10s'],
  wasted: ['>10%', '>50%', '>90%'],
  'larger-than': ['1k', '10k', '100k', '1M'],
  scheme: ['http', 'https', 'ws', 'wss'],
  'status-code': ['2xx', '3xx', '4xx', '5xx'],
};
const MAX_ITEMS = 12;

/** What may complete the word at `caret`: keys, or behind a key its values. Plain text between words gets all keys. */
export function suggest(text: string, caret: number, known: KnownValues): Suggestions {
  const token = tokenize(text, isKey).find(({ start, end }) => start < caret && caret <= end) ?? null;
  if (token === null) return { start: caret, end: caret, items: Object.keys(KEYS).map(keySuggestion) };
  const start = token.negated ? token.start + 1 : token.start;
  const items = token.key === null ? keysFor(text.slice(start, caret)) : valuesFor(token, token.key, known);
  return { start, end: token.end, items: items.slice(0, MAX_ITEMS) };
}

/** The filter with the suggestion in it, and where the caret then stands: behind the key, or ready for the next word. */
export function complete(
  text: string,
  { start, end }: Suggestions,
  taken: Suggestion,
): { text: string; caret: number } {
  const inserted = taken.value === null ? taken.text : `${taken.text} `;
  const rest = text.slice(end);
  return {
    text: text.slice(0, start) + inserted + (taken.value === null ? rest : rest.trimStart()),
    caret: start + inserted.length,
  };
}

const keySuggestion = (key: string): Suggestion => ({ text: `${key}:`, key, value: null });

const keysFor = (typed: string): Suggestion[] =>
  Object.keys(KEYS)
    .filter((key) => key.startsWith(typed.toLowerCase()) && typed !== '')
    .map(keySuggestion);

function valuesFor({ value }: Token, key: string, known: KnownValues): Suggestion[] {
  if (value.kind === 'regex') return [];
  const typed = value.text.toLowerCase();
  const all = [...new Set([...(known[key] ?? []), ...(OWN_VALUES[key] ?? [])])];
  const fitting = all.filter((each) => each.toLowerCase().includes(typed) && each.toLowerCase() !== typed);
  // What begins as typed comes first.
  const rank = (each: string) => (each.toLowerCase().startsWith(typed) ? 0 : 1);
  return fitting.sort((a, b) => rank(a) - rank(b)).map((each) => ({ text: `${key}:${quote(each)}`, key, value: each }));
}
