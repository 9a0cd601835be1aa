import { describe, expect, it } from 'vitest';
import { diffJson, MAX_CHANGES } from '../../../src/core/inspect/diff-json.ts';
import { diffLines, piecesOf } from '../../../src/core/inspect/diff-lines.ts';

const changes = (before: unknown, after: unknown) =>
  diffJson(before, after).changes.map(({ path, kind, before: was, after: is }) => [path, kind, was, is]);

describe('two JSON values', () => {
  it.each([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, [['b', 'changed', 2, 3]]],
    [{ a: 1 }, { a: 1, b: { c: 1 } }, [['b', 'added', undefined, { c: 1 }]]],
    [{ a: 1, b: 2 }, { b: 2 }, [['a', 'removed', 1, undefined]]],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, [['a.b[1]', 'changed', 2, 3]]],
    [{ 'odd name': 1 }, { 'odd name': 2 }, [['["odd name"]', 'changed', 1, 2]]],
    [{ a: { 'x-y z': 1 } }, { a: { 'x-y z': 2 } }, [['a["x-y z"]', 'changed', 1, 2]]],
    [{ a: [] }, { a: {} }, [['a', 'changed', [], {}]]],
    [1, 2, [['', 'changed', 1, 2]]],
    [null, {}, [['', 'changed', null, {}]]],
  ])('%j and %j', (before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it('find an item put in at the beginning of a list', () => {
    expect(changes([{ id: 2 }, { id: 3 }], [{ id: 1 }, { id: 2 }, { id: 3 }])).toEqual([
      ['[0]', 'added', undefined, { id: 1 }],
    ]);
    expect(changes([1, 2, 3], [1, 3])).toEqual([['[1]', 'removed', 2, undefined]]);
  });

  it('bear nesting without end, and differences without number', () => {
    const deep = (inner: number) => JSON.parse(`${'[1,'.repeat(50_000)}${inner}${']'.repeat(50_000)}`);
    const before = performance.now();
    expect(diffJson(deep(1), deep(2)).changes).toHaveLength(1);
    const many = Array.from({ length: 10_000 }, (_, i) => i);
    const cut = diffJson(
      many,
      many.map((n) => n + 1),
    );
    expect(cut.isCut).toBe(true);
    expect(cut.changes).toHaveLength(MAX_CHANGES);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('two texts', () => {
  const told = (before: string, after: string) =>
    diffLines(piecesOf(before), piecesOf(after)).map(
      ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`,
    );

  it('are compared by lines', () => {
    expect(told('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
    expect(told('a\nb', 'a\nb\nc')).toEqual([' a', ' b', '+c']);
    expect(told('b\nc', 'a\nb\nc')).toEqual(['+a', ' b', ' c']);
    expect(told('a\nb\nc\nd', 'b\nd\ne')).toEqual(['-a', ' b', '-c', ' d', '+e']);
  });

  it('of one line each, by words', () => {
    expect(told('price=10;at=1', 'price=12;at=1')).toEqual([' price=', '-10;', '+12;', ' at=', ' 1']);
  });

  it('make each other: what stays and what goes is the one, what stays and what comes the other', () => {
    let seed = 7;
    const next = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % n;
    };
    for (let round = 0; round < 200; round++) {
      const [before, after] = [0, 1].map(() => Array.from({ length: next(12) }, () => 'abc'[next(3)]!));
      const lines = diffLines(before!, after!);
      expect(lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(before);
      expect(lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(after);
    }
  });

  it('too large to compare are told as replaced', () => {
    const [was, is] = ['a', 'b'].map((letter) => Array.from({ length: 2000 }, (_, i) => `${letter}${i}`));
    const before = performance.now();
    const lines = diffLines(was!, is!);
    expect(lines).toHaveLength(4000);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
