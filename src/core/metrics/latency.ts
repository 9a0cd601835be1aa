import { ascending, quantile } from './statistics.ts';

/** Names under which servers write when something happened. */
const STAMP_NAME = /^(at|ts|time|timestamp|date|created|sent|emitted|published|server_?time|.*(_at|At|_ts|Timestamp))$/;
/** A stamp is believed within a day of its receipt; anything else is another kind of number. */
const DAY_MS = 86_400_000;
const MAX_DEPTH = 4;
const MAX_STAMPS = 1000;

/** Epoch ms of each event a payload speaks of, in its order: one a JSON object, the outermost that has any. */
export function stampsIn(text: string, receivedAt: number): number[] {
  const stamps: number[] = [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return stamps;
  }
  collect(json, receivedAt, MAX_DEPTH, stamps);
  return stamps;
}

function collect(value: unknown, receivedAt: number, depth: number, stamps: number[]): void {
  if (typeof value !== 'object' || value === null || depth === 0 || stamps.length >= MAX_STAMPS) return;
  if (!Array.isArray(value)) {
    for (const [name, field] of Object.entries(value)) {
      const stamp = STAMP_NAME.test(name) ? epochMs(field, receivedAt) : null;
      if (stamp !== null) {
        stamps.push(stamp);
        return;
      }
    }
  }
  for (const inner of Object.values(value)) collect(inner, receivedAt, depth - 1, stamps);
}

/** Epoch seconds, milliseconds, microseconds or an ISO date, if it lies within a day of `near`. */
function epochMs(field: unknown, near: number): number | null {
  const candidates =
    typeof field === 'number'
      ? [field, field * 1000, field / 1000]
      : typeof field === 'string' && /^\d{4}-\d\d-\d\dT/.test(field)
        ? [Date.parse(field)]
        : [];
  return candidates.find((ms) => Math.abs(ms - near) < DAY_MS) ?? null;
}

const MAX_SAMPLES = 10_000;

/** Delivery delays of a channel: exact up to 10,000, then the newest 10,000. */
export interface LatencySamples {
  receivedAt: number[];
  delayMs: number[];
  /** Newest stamp seen: an event delivered twice counts once. */
  newestStamp: number;
  /** What was computed last; the panel asks on every frame, samples come far more rarely. */
  known: Percentiles | null;
}

export const createLatencySamples = (): LatencySamples => ({
  receivedAt: [],
  delayMs: [],
  newestStamp: -Infinity,
  known: null,
});

export function addStamped(samples: LatencySamples, text: string, receivedAt: number): void {
  for (const stamp of stampsIn(text, receivedAt)) {
    if (stamp <= samples.newestStamp) continue;
    samples.newestStamp = stamp;
    samples.known = null;
    samples.receivedAt.push(receivedAt);
    samples.delayMs.push(receivedAt - stamp);
  }
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
