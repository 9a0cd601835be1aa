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

const MAX_SAMPLES = 10_000;

/** Delivery delays of a channel: exact up to 10,000, then the newest 10,000. */
export interface LatencySamples {
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
  samples.known = null;
  samples.receivedAt.push(receivedAt);
  samples.delayMs.push(receivedAt - stamp);
  if (samples.delayMs.length > 2 * MAX_SAMPLES) {
    samples.receivedAt.splice(0, MAX_SAMPLES);
    samples.delayMs.splice(0, MAX_SAMPLES);
  }
}

/** In ms; null where nothing was stamped. */
export interface Percentiles {
  p50: number | null;
  p95: number | null;
  max: number | null;
}

/** Sorts only when a sample came since the last call. */
export function percentiles(samples: LatencySamples): Percentiles {
  if (samples.known === null) {
    const sorted = ascending(samples.delayMs);
    samples.known = { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) ?? null };
  }
  return samples.known;
}
