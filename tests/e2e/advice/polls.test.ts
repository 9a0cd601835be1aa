import { describe, expect, it } from 'vitest';
import { brokenIn, cardsIn } from './cards.ts';
import { foundIn, isTold } from './findings.ts';
import { judgeParts } from './judged.ts';
import type { Part } from './parts.ts';

/** Each way to ask wrongly, and beside it one that just misses being wrong. */
const PARTS: Record<string, Part> = {
  'polls too fast': {
    run: { kind: 'regular', rate: 0.2 },
    script: `follow(300, '/poll?run=RUN')`,
    wrong: ['polling-faster-than-data'],
    told: ['tune-interval', 'switch-to-sse'],
    untold: ['keep-it'],
  },
  'polls at its pace': {
    run: { kind: 'regular', rate: 2, payload: 8 },
    script: `follow(3000, '/poll?run=RUN')`,
    told: ['switch-to-sse'],
    untold: ['tune-interval'],
  },
  'polls twice': {
    run: { kind: 'regular', rate: 1 },
    script: `for (const part of [1, 2]) every(700, '/poll?run=RUN&since=0&mode=snapshot')`,
    // Every second answer is the one before.
    wrong: ['duplicate-pollers', 'missing-cache-headers'],
  },
  'polls for two things': {
    run: { kind: 'regular', rate: 2, payload: 8 },
    script: `for (const part of ['users', 'rooms']) follow(1000, '/poll?run=RUN&of=' + part)`,
    told: ['merge-pollers'],
  },
  'polls for two things, each in its time': {
    run: { kind: 'regular', rate: 2, payload: 8 },
    script: `follow(1000, '/poll?run=RUN&of=users'); follow(1300, '/poll?run=RUN&of=rooms')`,
    told: ['switch-to-sse'],
    untold: ['merge-pollers'],
  },
  'retries at once': {
    run: { kind: 'idle', errorRate: 1 },
    script: `every(400, '/poll?run=RUN')`,
    wrong: ['reconnect-storm'],
  },
  'backs off': {
    run: { kind: 'idle', errorRate: 1 },
    script: `after([300, 500, 800, 1300, 2100, 3400, 600_000], () => read('/poll?run=RUN'))`,
  },
  'is answered at once': {
    run: { kind: 'idle', delayUp: 60, delayDown: 60 },
    script: `(async () => { for (;;) await read('/long-poll?run=RUN&timeout=1&onTimeout=204') })()`,
    wrong: ['instant-long-poll', 'polling-faster-than-data'],
  },
  'is held': {
    run: { kind: 'idle' },
    script: `(async () => { for (;;) await read('/long-poll?run=RUN&timeout=700&onTimeout=204') })()`,
  },
  'hears the same again': {
    run: { kind: 'recorded', times: '0', payload: 900 },
    script: `every(500, '/poll?run=RUN&since=0&mode=snapshot')`,
    wrong: ['missing-cache-headers', 'polling-faster-than-data'],
    told: ['conditional-requests'],
  },
  'hears that nothing changed': {
    run: { kind: 'recorded', times: '0', payload: 900 },
    script: `every(500, '/poll?run=RUN&since=0&mode=snapshot&empty=304')`,
    wrong: ['polling-faster-than-data'],
    untold: ['conditional-requests'],
  },
  // Cookies know no ports: only these requests go to that path.
  'carries its state along': {
    run: { kind: 'regular', rate: 2, payload: 8, history: 3 },
    script: `document.cookie = 'state=' + 'x'.repeat(3000) + '; path=/ajax'; every(800, '/ajax?run=RUN')`,
    wrong: ['oversized-headers'],
  },
  'carries less along': {
    run: { kind: 'regular', rate: 2, payload: 8 },
    script: `every(800, '/poll?run=RUN&since=0&mode=snapshot', { headers: { 'X-State': 'x'.repeat(1800) } })`,
  },
  'gets pages': {
    run: { kind: 'regular', rate: 1.5, payload: 3000 },
    script: `follow(900, '/poll?run=RUN')`,
    wrong: ['uncompressed-polls'],
  },
  'gets lines': {
    run: { kind: 'regular', rate: 1.5, payload: 500 },
    script: `follow(900, '/poll?run=RUN')`,
  },
  'asks of clockwork': {
    run: { kind: 'regular', rate: 0.5, payload: 8 },
    script: `follow(600, '/poll?run=RUN')`,
    told: ['match-period'],
  },
  'asks of chance': {
    run: { kind: 'poisson', rate: 1, payload: 8 },
    script: `follow(600, '/poll?run=RUN')`,
    told: ['switch-to-sse'],
    untold: ['match-period'],
  },
  'talks as much as it listens': {
    run: { kind: 'regular', rate: 1.5, payload: 8 },
    script: `follow(700, '/poll?run=RUN');
      after([300, 900, 400, 1500, 200], () => read('/beacon?run=RUN', { method: 'POST', body: 'hello' }))`,
    told: ['switch-to-websocket'],
    untold: ['switch-to-sse'],
  },
  'hardly talks': {
    run: { kind: 'regular', rate: 1.5, payload: 8 },
    script: `follow(700, '/poll?run=RUN');
      after([4000, 4000, 3_600_000], () => read('/beacon?run=RUN', { method: 'POST', body: 'hello' }))`,
    told: ['switch-to-sse'],
    untold: ['switch-to-websocket'],
  },
  'rests when hidden': {
    run: { kind: 'regular', rate: 2, payload: 8 },
    script: `setInterval(() => document.hidden || read('/poll?run=RUN&since=0&mode=snapshot'), 800)`,
  },
};

const PATIENCE_MS = 75_000;
const stage = judgeParts('that asks in every wrong way', PARTS, PATIENCE_MS);

describe('when nobody looks at it', () => {
  it('a page that goes on asking is told to stop meanwhile, one that rests is not', async () => {
    const other = await stage().browser.newPage();
    await other.bringToFront();
    const goesOn = 'polls too fast';
    const facts = await stage().facts(
      (so) => foundIn(so, 'polling-while-hidden').includes(goesOn) && isTold(so, goesOn, 'stop-when-hidden'),
      PATIENCE_MS,
    );
    expect(foundIn(facts, 'polling-while-hidden')).toContain(goesOn);
    expect(foundIn(facts, 'polling-while-hidden')).not.toContain('rests when hidden');
    expect(isTold(facts, goesOn, 'stop-when-hidden')).toBe(true);
    expect(isTold(facts, 'rests when hidden', 'stop-when-hidden')).toBe(false);
    await other.close();
    await stage().page.bringToFront();
    const cards = await cardsIn(stage().panel, ['polling-while-hidden', 'stop-when-hidden'], PATIENCE_MS);
    expect(brokenIn(cards)).toEqual([]);
  });
});
