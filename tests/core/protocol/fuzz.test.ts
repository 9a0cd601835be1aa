import { expect, it } from 'vitest';
import { createFinisher } from '../../../src/panel/source/finish.ts';
import { readBatch } from '../../../src/panel/source/read-batch.ts';
import { isBatch, MAX_BATCH_CHARS, type WireBatch } from '../../../src/protocol.ts';
import { GENUINE, wireBatch } from './wire.ts';

const BATCHES = 10_000;

/** Numbers from 0 to 1, the same in every run (mulberry32, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const throwing = () => {
  throw new Error('reached');
};
function cyclic(): unknown {
  const list: unknown[] = ['chunk', 1, 2, 3];
  list.push(list);
  return list;
}
function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { value };
  return value;
}
const LONG = 'x'.repeat(70_000);
const TOO_LONG = 'x'.repeat(1_100_000);
const DEEP = deep(2000);
const MANY_NUMBERS = new Float64Array(20_000);
const MANY_BYTES = new Uint8Array(5_000_000);
/** What a forger may put in any place of an event. */
const FORGED_FIELDS = [
  null,
  Number.NaN,
  -1,
  -0,
  1e308,
  Infinity,
  2 ** 53,
  0.5,
  true,
  '',
  LONG,
  '\ud800',
  '__proto__',
  '<img src=x>',
];
/** What a forger may put in any place of a batch. */
const FORGED: (() => unknown)[] = [
  () => null,
  () => undefined,
  () => Number.NaN,
  () => -1,
  () => -0,
  () => 1e308,
  () => Number.NEGATIVE_INFINITY,
  () => 2 ** 53,
  () => 7n,
  () => Symbol('x'),
  () => true,
  () => '',
  () => LONG,
  () => TOO_LONG,
  () => '\ud800',
  () => '__proto__',
  () => 'constructor',
  () => '<img src=x onerror=alert(1)>',
  () => ({}),
  () => ({ length: 5, 0: 'chunk' }),
  () => ({ toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing }),
  () => Object.defineProperty({}, 'v', { get: throwing, enumerable: true }),
  () => Object.create(Uint8Array.prototype),
  () => new Proxy([], { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing }),
  () => new Proxy({}, { get: throwing, getPrototypeOf: throwing }),
  () => cyclic(),
  () => DEEP,
  () => new Map([[1, 2]]),
  () => new Date(Number.NaN),
  () => /x/g,
  () => throwing,
  () => new Uint8Array(8),
  () => new Float64Array([Number.NaN]),
  () => new ArrayBuffer(8),
  () => Array(3),
  () => MANY_NUMBERS,
  () => MANY_BYTES,
  () => Object.assign([], { length: 4_294_967_295 }),
];

/** A batch in which something is forged, here and there. */
function forge(random: () => number): unknown {
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
  const chance = (p: number) => random() < p;
  const events = Array.from({ length: Math.floor(random() * 12) }, () => {
    const event = [...pick(GENUINE)];
    if (chance(0.2)) event[Math.floor(random() * event.length)] = pick(FORGED_FIELDS);
    if (chance(0.002)) event[Math.floor(random() * event.length)] = TOO_LONG;
    if (chance(0.03)) event.pop();
    if (chance(0.03)) event.push(pick(FORGED_FIELDS));
    return event;
  });
  const bytes = chance(0.7) ? new Uint8Array(Math.floor(random() * 60)).map(() => 256 * random()) : null;
  const batch: Record<string, unknown> = { ...wireBatch(events, { bytes }), extra: 'x' };
  if (chance(0.1)) (batch.fields as Uint8Array)[Math.floor(random() * 100)] = 256 * random();
  if (chance(0.1)) (batch.times as Float64Array)[Math.floor(random() * 12)] = pick([Number.NaN, Infinity, -1e300]);
  if (chance(0.1)) batch[pick(Object.keys(batch))] = pick(FORGED)();
  return chance(0.01) ? pick(FORGED)() : batch;
}

/** Null for what cannot be cloned, and so never leaves a page. */
function cloneOf(raw: unknown): { value: unknown } | null {
  try {
    return { value: structuredClone(raw) };
  } catch {
    return null;
  }
}

const primitive = (x: unknown) => x === null || ['string', 'number', 'boolean'].includes(typeof x);
function sizeOf(event: object): number {
  let size = 0;
  for (const value of Object.values(event)) {
    if (typeof value === 'string') size += value.length;
    else if (value instanceof Uint8Array) size += value.byteLength;
    else if (!primitive(value)) throw new Error(`a ${typeof value} came through`);
    else if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} came through`);
  }
  return size;
}

it(`of ${BATCHES} forged batches none throws, and only events of the protocol come through`, () => {
  const random = seeded(20_261_122);
  const kinds = new Map<string, number>();
  let refused = 0;
  let rejected = 0;
  for (let i = 0; i < BATCHES; i++) {
    const raw = forge(random);
    // The relay sees clones only, which have neither getters nor traps.
    const clone = cloneOf(raw);
    if (clone !== null) isBatch(clone.value);
    const read = readBatch(raw);
    if (read === null) {
      refused++;
      continue;
    }
    rejected += read.rejected;
    const finished = createFinisher()(read.batch);
    expect(finished.events.length + read.rejected).toBe((raw as WireBatch).count + 0);
    expect(finished.events.reduce((sum, event) => sum + sizeOf(event), 0)).toBeLessThanOrEqual(2 * MAX_BATCH_CHARS);
    expect(Object.keys(finished)).not.toContain('extra');
    for (const { kind, id, at } of finished.events) {
      expect(id >= 0 && Number.isFinite(at)).toBe(true);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  // Neither all nor nothing: what was left genuine got through.
  expect([...kinds.keys()].sort()).toEqual([...new Set(GENUINE.map(([kind]) => kind as string))].sort());
  expect(Math.min(...kinds.values())).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
  expect(rejected).toBeGreaterThan(1000);
}, 120_000);
