import { type Condition, isListed, type RowTest } from './condition.ts';
import type { ChannelFacts } from './facts.ts';
import { isKey, KEYS } from './keys.ts';
import { textCondition } from './row-conditions.ts';
import { type RegexProblem, type TextTest, textTest } from './text-test.ts';
import { type Token, tokenize } from './tokens.ts';

/** A part of a filter that is not taken as it was meant, and why. */
export interface Problem {
  start: number;
  end: number;
  kind: RegexProblem | 'bad-value';
}

/** Decides of the rows of one channel; `always` when the answer is the same for all of them. */
export interface RowFilter extends RowTest {
  readonly always: boolean | null;
}

export interface Filter {
  /** It shows everything. */
  readonly isEmpty: boolean;
  readonly problems: readonly Problem[];
  /** A word that each shown row has in its URL, its type or its content; null where there is no such. */
  readonly word: TextTest | null;
  /** Something in the channel may be shown. */
  channel(facts: ChannelFacts): boolean;
  rows(facts: ChannelFacts): RowFilter;
}

interface Term {
  negated: boolean;
  condition: Condition;
  /** What it seeks in all that a row says; null: it asks for something else. */
  text: TextTest | null;
}

/**
 * Reads a filter once, for many channels and rows. A row is shown when all terms hold for it (`inverted`: when one does not). A
 * value that cannot be understood makes its term plain text, and a key without a value none; `problems` tells. Never throws.
 */
export function compileFilter(text: string, inverted = false): Filter {
  const problems: Problem[] = [];
  const terms = tokenize(text, isKey).flatMap((token) => readTerm(token, text, problems));
  const isEmpty = terms.length === 0;
  const turned = inverted && !isEmpty;
  return {
    isEmpty,
    problems,
    word: turned ? null : (terms.find(({ negated, text }) => !negated && text?.isLiteral)?.text ?? null),
    channel: (facts) =>
      turned
        ? terms.some(({ condition, negated }) => isListed(condition, !negated, facts))
        : terms.every(({ condition, negated }) => isListed(condition, negated, facts)),
    rows: (facts) => rowFilter(terms, turned, facts),
  };
}

function rowFilter(terms: readonly Term[], turned: boolean, facts: ChannelFacts): RowFilter {
  const tests: { negated: boolean; test: RowTest }[] = [];
  for (const { negated, condition } of terms) {
    if (condition.about === 'rows') tests.push({ negated, test: condition.of(facts) });
    else if (condition.channel(facts) === negated) return settled(turned);
  }
  if (tests.length === 0) return settled(!turned);
  const [only] = tests;
  if (tests.length === 1 && only!.negated === turned) return { always: null, ...only!.test };
  return {
    always: null,
    message: (message, labels) =>
      tests.every(({ negated, test }) => test.message(message, labels) !== negated) !== turned,
    exchange: (exchange, labels) =>
      tests.every(({ negated, test }) => test.exchange(exchange, labels) !== negated) !== turned,
  };
}

const settled = (shown: boolean): RowFilter => ({ always: shown, message: () => shown, exchange: () => shown });

function readTerm(token: Token, source: string, problems: Problem[]): Term[] {
  const { key, value, negated, start, end } = token;
  if (value.kind === 'text' && value.text === '') return [];
  const text = textTest(value);
  if (text.problem !== null) problems.push({ start, end, kind: text.problem });
  if (key === null) return [textTerm(negated, text)];
  const condition = KEYS[key]!(value.kind === 'text' ? value.text : value.raw, text);
  if (condition !== null) return [{ negated, condition, text: null }];
  problems.push({ start, end, kind: 'bad-value' });
  const whole = source.slice(negated ? start + 1 : start, end);
  return [textTerm(negated, textTest({ kind: 'text', text: whole }))];
}

const textTerm = (negated: boolean, text: TextTest): Term => ({ negated, condition: textCondition(text), text });
