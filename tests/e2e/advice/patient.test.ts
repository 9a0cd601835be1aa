import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenIn, cardsIn } from './cards.ts';
import { foundIn, isPlayed, isTold } from './findings.ts';
import type { Part } from './parts.ts';
import { type Stage, setStage } from './stage.ts';

/** What shows only to those who wait. */
const PARTS: Record<string, Part> = {
  'may be half a minute late': {
    run: { kind: 'regular', rate: 0.05, payload: 8 },
    script: `read('/poll?run=RUN&since=0&mode=snapshot'); every(30_000, '/poll?run=RUN&since=0&mode=snapshot')`,
    told: ['cdn-cached-polling'],
  },
  'is made for one reader': {
    run: { kind: 'regular', rate: 0.05, payload: 8 },
    script: `const mine = { headers: { Authorization: 'Bearer me' } };
      read('/poll?run=RUN&since=0&mode=snapshot', mine);
      every(30_000, '/poll?run=RUN&since=0&mode=snapshot', mine)`,
    untold: ['cdn-cached-polling'],
  },
  'is cut when idle': {
    run: { kind: 'idle', dropEvery: 21_000 },
    script: `for (const part of [1, 2]) new WebSocket(socketUrl('/ws?run=RUN'))`,
    wrong: ['heartbeat-gaps'],
  },
  'is cut sooner': {
    run: { kind: 'idle', dropEvery: 18_000 },
    script: `for (const part of [1, 2]) new WebSocket(socketUrl('/ws?run=RUN'))`,
  },
};
/** A rhythm of half a minute shows in its fourth request, after a minute and a half. */
const PATIENCE_MS = 150_000;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(PARTS);
}, 120_000);
afterAll(() => stage?.close());

describe('those who wait', () => {
  it('learn of connections that are cut each time they were idle for as long', async () => {
    const facts = await stage.facts((so) => foundIn(so, 'heartbeat-gaps').length > 0, PATIENCE_MS);
    expect(foundIn(facts, 'heartbeat-gaps')).toEqual(['is cut when idle']);
  });

  it('are told to let a cache answer what is the same for all', { timeout: PATIENCE_MS + 60_000 }, async () => {
    const facts = await stage.facts((so) => isPlayed(so, PARTS, 'cdn-cached-polling'), PATIENCE_MS);
    expect(isTold(facts, 'may be half a minute late', 'cdn-cached-polling')).toBe(true);
    expect(isTold(facts, 'is made for one reader', 'cdn-cached-polling')).toBe(false);
    const cards = await cardsIn(stage.panel, ['heartbeat-gaps', 'cdn-cached-polling'], PATIENCE_MS);
    expect(brokenIn(cards)).toEqual([]);
  });
});
