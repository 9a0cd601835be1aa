/** Longer expressions are taken as text. */
export const MAX_REGEX_CHARS = 500;

/**
 * Characters of a text that an expression may look at, by the number of repetitions without end in it: backtracking costs up to
 * (characters)^(repetitions + 1), and a filter looks at a million texts.
 */
const LOOKED_AT_CHARS = [65_536, 16_384, 4096, 1024];

/** What a regular expression may cost, seen from its text alone. */
export interface RegexCost {
  /** A repetition within a repetition, or of alternatives that begin alike: it may take time without end. */
  explosive: boolean;
  /** Characters of a text that it should be tried on at most. */
  maxChars: number;
}

interface Group {
  repeats: boolean;
  /** First characters of its alternatives; null: not a plain character. */
  firsts: (string | null)[];
  fresh: boolean;
}

/** Reads a valid expression's source. JavaScript cannot stop an expression that takes too long, so it must not begin. */
export function regexCost(source: string): RegexCost {
  let repetitions = 0;
  let explosive = false;
  let last: Group | null = null;
  const open: Group[] = [newGroup()];
  for (let i = 0; i < source.length; ) {
    const group = open.at(-1)!;
    const atom = readAtom(source, i);
    i += atom.length;
    if (atom === '(' || atom.startsWith('(?')) {
      noteFirst(group, null);
      open.push(newGroup());
      last = null;
    } else if (atom === ')') {
      last = open.length > 1 ? open.pop()! : null;
      if (last?.repeats) open.at(-1)!.repeats = true;
    } else if (atom === '|') {
      group.fresh = true;
      last = null;
    } else if (isEndless(atom)) {
      repetitions++;
      if (last !== null && (last.repeats || startAlike(last.firsts))) explosive = true;
      group.repeats = true;
      last = null;
    } else {
      if (!/^[?{]/.test(atom)) noteFirst(group, /^\w$/.test(atom) ? atom : null);
      last = null;
    }
  }
  return { explosive, maxChars: LOOKED_AT_CHARS[repetitions] ?? LOOKED_AT_CHARS.at(-1)! };
}

const newGroup = (): Group => ({ repeats: false, firsts: [], fresh: true });

function noteFirst(group: Group, first: string | null): void {
  if (group.fresh) group.firsts.push(first);
  group.fresh = false;
}

const startAlike = (firsts: readonly (string | null)[]): boolean =>
  firsts.length > 1 && (firsts.includes(null) || new Set(firsts).size < firsts.length);

/** Repetitions from which a bounded one costs like one without end. */
const MANY = 20;

function isEndless(atom: string): boolean {
  if (atom === '*' || atom === '+') return true;
  const bounds = /^\{(\d+)(,(\d*))?\}$/.exec(atom);
  if (bounds === null) return false;
  return bounds[3] === '' || Number(bounds[3] ?? bounds[1]) > MANY;
}

/** One atom, group bracket or quantifier. */
function readAtom(source: string, at: number): string {
  const rest = source.slice(at, at + MAX_REGEX_CHARS);
  const [atom] = /^(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:<?[=!]|:|<\w+>)|\{\d+(?:,\d*)?\}|[\s\S])/.exec(rest)!;
  return atom;
}
