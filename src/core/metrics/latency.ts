import { addToSketch, createSketch, mergeSketch, RELATIVE_ERROR, type Sketch, sketchQuantile } from './sketch.ts';
import { createStampField, findStamp, type StampField } from './stamp-field.ts';
import { epochMs, isStampName, stampNames } from './stamps.ts';
import { ascending, quantile } from './statistics.ts';

const MAX_DEPTH = 4;
const MAX_STAMPS = 1000;

/** Epoch ms of each event a payload speaks of, in its order: one a JSON object, the outermost that has any. */
export function stampsIn(text: string, receivedAt: number, names: RegExp = stampNames(null)): number[] {
  const stamps: number[] = [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return stamps;
  }
  collect(json, receivedAt, MAX_DEPTH, names, stamps);
  return stamps;
}

function collect(value: unknown, receivedAt: number, depth: number, names: RegExp, stamps: number[]): void {
  if (typeof value !== 'object' || value === null || depth === 0 || stamps.length >= MAX_STAMPS) return;
  if (Array.isArray(value)) {
    for (const inner of value) collect(inner, receivedAt, depth - 1, names, stamps);
    return;
  }
  const record = value as Record<string, unknown>;
  for (const name in record) {
    const stamp = isStampName(names, name) ? epochMs(record[name], receivedAt) : null;
    if (stamp !== null) {
      stamps.push(stamp);
      return;
    }
  }
  for (const name in record) collect(record[name], receivedAt, depth - 1, names, stamps);
}

/** Up to so many samples all are kept, and percentiles are exact; beyond, a sketch of all of them gives them. */
export const EXACT_SAMPLES = 10_000;

/** Delivery delays of a channel. */
export interface LatencySamples {
  /** All there ever were. */
  count: number;
  /** Of all, once there are more than `EXACT_SAMPLES`. */
  sketch: Sketch | null;
  /** The newest, 10,000 at least, for drawing. */
  receivedAt: number[];
  delayMs: number[];
  /** Newest stamp seen: an event delivered twice counts once. */
  newestStamp: number;
  /** How the messages of this channel carry their stamp, once it is known. */
  stampField: StampField;
  /** What was computed last; the panel asks on every frame, samples come far more rarely. */
  known: Percentiles | null;
}

/** `stampName`: the field that holds the stamp, null to recognise it. */
export const createLatencySamples = (stampName: string | null = null): LatencySamples => ({
  count: 0,
  sketch: null,
  receivedAt: [],
  delayMs: [],
  newestStamp: -Infinity,
  stampField: createStampField(stampNames(stampName)),
  known: null,
});

/** The same of one message of a connection: looks where its fellows had their stamp, which costs far less than parsing each. */
export function addStampedMessage(samples: LatencySamples, text: string, receivedAt: number): void {
  const stamp = findStamp(samples.stampField, text, receivedAt);
  if (stamp === undefined) addStamped(samples, text, receivedAt);
  else if (stamp !== null) addStamp(samples, stamp, receivedAt);
}

/** The same of JSON that was parsed already. */
export function addStampsOf(samples: LatencySamples, json: unknown, receivedAt: number): void {
  const stamps: number[] = [];
  collect(json, receivedAt, MAX_DEPTH, samples.stampField.names, stamps);
  for (const stamp of stamps) addStamp(samples, stamp, receivedAt);
}

export function addStamped(samples: LatencySamples, text: string, receivedAt: number): void {
  for (const stamp of stampsIn(text, receivedAt, samples.stampField.names)) addStamp(samples, stamp, receivedAt);
}

function addStamp(samples: LatencySamples, stamp: number, receivedAt: number): void {
  if (stamp <= samples.newestStamp) return;
  samples.newestStamp = stamp;
  const delayMs = receivedAt - stamp;
  samples.known = null;
  samples.count++;
  samples.receivedAt.push(receivedAt);
  samples.delayMs.push(delayMs);
  if (samples.sketch !== null) addToSketch(samples.sketch, delayMs);
  else if (samples.count > EXACT_SAMPLES) samples.sketch = sketchOf(samples);
  if (samples.delayMs.length > 2 * EXACT_SAMPLES) dropOldest(samples, EXACT_SAMPLES);
}

function dropOldest({ receivedAt, delayMs }: LatencySamples, n: number): void {
  receivedAt.splice(0, n);
  delayMs.splice(0, n);
}

/** The sketch of all samples; as long as there is none, all of them are still there. */
function sketchOf({ sketch, delayMs }: LatencySamples): Sketch {
  if (sketch !== null) return sketch;
  const made = createSketch();
  for (const ms of delayMs) addToSketch(made, ms);
  return made;
}

/** Adds the samples of a channel that turned out to do the same job, earlier. */
export function absorbSamples(into: LatencySamples, from: LatencySamples): void {
  const count = into.count + from.count;
  if (count > EXACT_SAMPLES) {
    const sketch = sketchOf(into);
    mergeSketch(sketch, sketchOf(from));
    into.sketch = sketch;
  }
  into.count = count;
  into.receivedAt = [...from.receivedAt, ...into.receivedAt];
  into.delayMs = [...from.delayMs, ...into.delayMs];
  dropOldest(into, Math.max(into.delayMs.length - 2 * EXACT_SAMPLES, 0));
  into.known = null;
}

/** In ms; null where nothing was stamped. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
  max: number | null;
}

/** Worked out only when a sample came since the last call. Off by `relativeErrorOf` at most, the maximum by nothing. */
export function percentiles(samples: LatencySamples): Percentiles {
  samples.known ??= samples.sketch === null ? exactly(samples.delayMs) : bySketch(samples.sketch);
  return samples.known;
}

function exactly(delayMs: readonly number[]): Percentiles {
  const sorted = ascending(delayMs);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) ?? null };
}

const bySketch = (sketch: Sketch): Percentiles => ({
  p50: sketchQuantile([sketch], 0.5),
  p95: sketchQuantile([sketch], 0.95),
  max: sketch.max,
});

/** How far a percentile may be off, as a share of it. */
export const relativeErrorOf = ({ sketch }: LatencySamples): number => (sketch === null ? 0 : RELATIVE_ERROR);
