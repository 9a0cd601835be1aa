import { quantile } from './statistics.ts';

/** Waits of an origin's quick answers; the baseline against which a wait is called a hold. */
export interface Rtt {
  waits: Map<string, Waits>;
}

/** The newest, in order of time and in order of length: each request asks for their quantile, so they are not sorted for it. */
interface Waits {
  newest: number[];
  sorted: number[];
}

/** Longer waits say more of the server than of the way. */
const SHORT_MS = 250;
const KEPT = 64;

export const createRtt = (): Rtt => ({ waits: new Map() });

export function addWait(rtt: Rtt, origin: string, waitMs: number): void {
  if (!(waitMs >= 0 && waitMs <= SHORT_MS)) return;
  let waits = rtt.waits.get(origin);
  if (waits === undefined) {
    waits = { newest: [], sorted: [] };
    rtt.waits.set(origin, waits);
  }
  const { newest, sorted } = waits;
  const free = newest.length === KEPT ? sorted.indexOf(newest.shift()!) : sorted.length;
  newest.push(waitMs);
  put(sorted, free, waitMs);
}

/** Puts a value in its place; those between it and the free one move by one. */
function put(sorted: number[], free: number, value: number): void {
  let i = free;
  for (; i > 0 && sorted[i - 1]! > value; i--) sorted[i] = sorted[i - 1]!;
  for (; i + 1 < sorted.length && sorted[i + 1]! < value; i++) sorted[i] = sorted[i + 1]!;
  sorted[i] = value;
}

/** p10 of short waits in ms, null where none was seen. */
export function rttMs(rtt: Rtt, origin: string): number | null {
  const waits = rtt.waits.get(origin);
  return waits === undefined ? null : quantile(waits.sorted, 0.1);
}
