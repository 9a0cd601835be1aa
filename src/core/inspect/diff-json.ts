/** One place where two JSON values differ. */
export interface Change {
  /** `user.tags[3]`; '' is the whole. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
}

/** Values compared and changes told; what lies beyond is not looked at. */
const MAX_VISITS = 200_000;
export const MAX_CHANGES = 500;

export interface JsonDiff {
  changes: Change[];
  /** Not everything was compared. */
  isCut: boolean;
}

interface Pair {
  path: string;
  before: unknown;
  after: unknown;
}

/** Where two JSON values differ, in their order. Lists are compared by place, but for what they begin and end with alike. */
export function diffJson(before: unknown, after: unknown): JsonDiff {
  const changes: Change[] = [];
  const budget = { left: ALL_VALUES };
  const waiting: (Pair | Change)[] = [{ path: '', before, after }];
  for (let visits = 0; ; visits++) {
    const next = waiting.pop();
    if (next === undefined) return { changes, isCut: false };
    if (changes.length === MAX_CHANGES || visits === MAX_VISITS) return { changes, isCut: true };
    if ('kind' in next) changes.push(next);
    else if (
      isContainer(next.before) &&
      isContainer(next.after) &&
      Array.isArray(next.before) === Array.isArray(next.after)
    )
      waiting.push(...membersOf(next, budget).reverse());
    else if (next.before !== next.after) changes.push({ ...next, kind: 'changed' });
  }
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function membersOf({ path, before, after }: Pair, budget: Budget): (Pair | Change)[] {
  if (Array.isArray(before)) return itemsOf(path, before, after as unknown[], budget);
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = [...Object.keys(is), ...Object.keys(was).filter((name) => !Object.hasOwn(is, name))];
  return names.map((name) => {
    const at = path === '' ? nameOf(name) : /^\[/.test(nameOf(name)) ? path + nameOf(name) : `${path}.${name}`;
    if (!Object.hasOwn(was, name)) return { path: at, kind: 'added', before: undefined, after: is[name] };
    if (!Object.hasOwn(is, name)) return { path: at, kind: 'removed', before: was[name], after: undefined };
    return { path: at, before: was[name], after: is[name] };
  });
}

const nameOf = (name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? name : `[${JSON.stringify(name)}]`;

function itemsOf(path: string, was: readonly unknown[], is: readonly unknown[], budget: Budget): (Pair | Change)[] {
  let head = 0;
  let tail = 0;
  // Of lists equally long the items at one place are most likely the same.
  if (was.length !== is.length) {
    const shorter = Math.min(was.length, is.length);
    while (head < shorter && isSame(was[head], is[head], budget)) head++;
    while (tail < shorter - head && isSame(was[was.length - 1 - tail], is[is.length - 1 - tail], budget)) tail++;
  }
  const items: (Pair | Change)[] = [];
  for (let i = head; i < Math.max(was.length, is.length) - tail && items.length <= MAX_CHANGES; i++) {
    const at = `${path}[${i}]`;
    if (i >= was.length - tail) items.push({ path: at, kind: 'added', before: undefined, after: is[i] });
    else if (i >= is.length - tail) items.push({ path: at, kind: 'removed', before: was[i], after: undefined });
    else items.push({ path: at, before: was[i], after: is[i] });
  }
  return items;
}

/** Values that may be walked to tell whether two items of lists are the same: of one item, and of all. */
const ITEM_VALUES = 500;
const ALL_VALUES = 200_000;

interface Budget {
  left: number;
}

/** What is large or deep counts as different, and is then compared member by member. */
function isSame(a: unknown, b: unknown, budget: Budget): boolean {
  if (!isContainer(a) || !isContainer(b)) return a === b;
  const [x, y] = [shortText(a, budget), shortText(b, budget)];
  return x !== null && x === y;
}

function shortText(value: object, budget: Budget): string | null {
  const least = budget.left - ITEM_VALUES;
  try {
    return JSON.stringify(value, (_key, member) => {
      if (--budget.left < Math.max(least, 0)) throw new RangeError('large');
      return member;
    });
  } catch {
    return null;
  }
}
