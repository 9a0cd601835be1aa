import { describe, expect, it } from 'vitest';
import {
  openHead,
  PART,
  summaryOf,
  type TreeNode,
  toggle,
  treeOf,
  visibleNodes,
} from '../../../src/core/inspect/json-tree.ts';

const seen = (root: TreeNode) =>
  visibleNodes(root).map(({ key, part, depth }) => `${' '.repeat(depth)}${part ? `${part.from}–${part.to}` : key}`);

describe('a tree', () => {
  it('shows members of what is open only', () => {
    const root = treeOf({ a: { b: 1 }, c: [true, null] });
    expect(seen(root)).toEqual(['null']);
    toggle(root);
    expect(seen(root)).toEqual(['null', ' a', ' c']);
    toggle(root.children![1]!);
    expect(seen(root)).toEqual(['null', ' a', ' c', '  0', '  1']);
    toggle(root);
    expect(seen(root)).toEqual(['null']);
  });

  it('does not open what has no members', () => {
    const root = treeOf({ empty: {}, text: 'x', bytes: new Uint8Array(3) });
    toggle(root);
    for (const child of root.children!) toggle(child);
    expect(root.children!.map(({ isOpen }) => isOpen)).toEqual([false, false, false]);
  });

  it('shows a long list in parts, and a very long one in parts of parts', () => {
    const short = treeOf(Array.from({ length: PART }, () => 0));
    toggle(short);
    expect(visibleNodes(short)).toHaveLength(PART + 1);

    const long = treeOf(Array.from({ length: PART + 1 }, () => 0));
    toggle(long);
    expect(seen(long)).toEqual(['null', ' 0–99', ' 100–100']);
    toggle(long.children![1]!);
    expect(seen(long)).toEqual(['null', ' 0–99', ' 100–100', '  100']);

    const veryLong = treeOf(Array.from({ length: 25_000 }, () => 0));
    toggle(veryLong);
    expect(seen(veryLong)).toEqual(['null', ' 0–9999', ' 10000–19999', ' 20000–24999']);
    toggle(veryLong.children![2]!);
    expect(veryLong.children![2]!.children).toHaveLength(50);
  });

  it('opens as many levels as there is room for', () => {
    const root = treeOf({ a: { b: { c: 1 } }, list: Array.from({ length: 60 }, () => 0) });
    openHead(root, 10);
    expect(seen(root)).toEqual(['null', ' a', '  b', '   c', ' list']);
  });

  it('bears nesting without end', () => {
    const root = treeOf(JSON.parse(`${'['.repeat(100_000)}1${']'.repeat(100_000)}`));
    let node = root;
    for (let depth = 0; depth < 100_000; depth++) {
      toggle(node, true);
      node = node.children![0]!;
    }
    expect(node.value).toBe(1);
    expect(visibleNodes(root)).toHaveLength(100_001);
  });

  it('takes members named like those of any object for what they are', () => {
    const root = treeOf(JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'));
    toggle(root);
    expect(root.children!.map(({ key, value }) => [key, value])).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2],
    ]);
  });
});

describe('a closed value in a few words', () => {
  it.each([
    [
      { id: 7, name: 'x', list: [1, 2], inner: { a: 1 }, none: null },
      '{id: 7, name: "x", list: [2], inner: {…}, none: null}',
    ],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, '{a: 1, b: 2, c: 3, d: 4, e: 5, …}'],
    [[1, 'a', [], {}], '[1, "a", [], {}]'],
    [[1, 2, 3, 4, 5, 6], '[1, 2, 3, 4, 5, …]'],
    [new Uint8Array(12), '<12 B>'],
    ['text', '"text"'],
    [['x'.repeat(100)], `["${'x'.repeat(40)}…"]`],
  ])('%j', (value, expected) => {
    expect(summaryOf(value)).toBe(expected);
  });
});
