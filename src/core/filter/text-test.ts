import { MAX_REGEX_CHARS, regexCost } from './safe-regex.ts';
import type { TokenValue } from './tokens.ts';

/** What a value that is text or expression does to other text. */
export interface TextTest {
  /** Looks at no more than `maxChars` characters. */
  test(text: string): boolean;
  maxChars: number;
  /** The same, to find all its places in a text. */
  all: RegExp;
  /** It is sought as it is written. */
  isLiteral: boolean;
  /** Why an expression is taken as the text it is; null when it is taken as meant. */
  problem: RegexProblem | null;
}

export type RegexProblem = 'bad-regex' | 'explosive-regex' | 'long-regex';

/** Text is sought in so much of a payload; what lies behind is not. */
const LITERAL_CHARS = 1_000_000;

/**
 * Finds text regardless of case, or an expression: with no flags regardless of case, otherwise with just the flags given. An
 * expression that is wrong, or could take time without end, is sought as text.
 */
export function textTest(value: TokenValue): TextTest {
  if (value.kind === 'text') return literal(value.text, null);
  if (value.source.length > MAX_REGEX_CHARS) return literal(value.raw, 'long-regex');
  let pattern: RegExp;
  try {
    pattern = new RegExp(value.source, value.flags === '' ? 'i' : value.flags);
  } catch {
    return literal(value.raw, 'bad-regex');
  }
  const { explosive, maxChars } = regexCost(value.source);
  return explosive ? literal(value.raw, 'explosive-regex') : bounded(pattern, maxChars, null, false);
}

/** An engine finds text regardless of case faster than a comparison with lower-case copies. */
const literal = (text: string, problem: RegexProblem | null): TextTest =>
  bounded(new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'i'), LITERAL_CHARS, problem, true);

const bounded = (pattern: RegExp, maxChars: number, problem: RegexProblem | null, isLiteral: boolean): TextTest => ({
  test: (text) => pattern.test(text.length > maxChars ? text.slice(0, maxChars) : text),
  maxChars,
  all: new RegExp(pattern.source, `${pattern.flags}g`),
  isLiteral,
  problem,
});
