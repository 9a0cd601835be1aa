import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenIn, cardsIn } from './cards.ts';
import { foundIn, isPlayed, isTold } from './findings.ts';
import { checksIn, type Part, partsWith, rulesOf } from './parts.ts';
import { type Stage, setStage } from './stage.ts';

/** Plays the parts of a page and tests that each is told what it has to be told, and nothing else. Returns the stage, once it is set. */
export function judgeParts(page: string, parts: Record<string, Part>, patienceMs: number): () => Stage {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(parts);
  }, 120_000);
  afterAll(() => stage?.close());
  const timeout = patienceMs + 30_000;

  describe(`health, on a page ${page}`, () => {
    it.each(checksIn(parts))('%s is found where it is, and nowhere else', { timeout }, async (check) => {
      const wanted = partsWith(parts, 'wrong', check);
      const facts = await stage.facts((so) => wanted.every((name) => foundIn(so, check).includes(name)), patienceMs);
      expect(foundIn(facts, check)).toEqual(wanted);
    });
  });

  describe('advice, on the same page', () => {
    it.each(rulesOf(parts))(
      '%s is given where it helps, and not where it just would not',
      { timeout },
      async (rule) => {
        const facts = await stage.facts((so) => isPlayed(so, parts, rule), patienceMs);
        expect(partsWith(parts, 'told', rule).filter((name) => !isTold(facts, name, rule))).toEqual([]);
        expect(partsWith(parts, 'untold', rule).filter((name) => isTold(facts, name, rule))).toEqual([]);
      },
    );
  });

  describe('the Advice tab', () => {
    it('says all of it in words', { timeout }, async () => {
      const ids = [...checksIn(parts), ...Object.values(parts).flatMap(({ told = [] }) => told)];
      expect(brokenIn(await cardsIn(stage.panel, ids, patienceMs))).toEqual([]);
    });
  });
  return () => stage;
}
