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
  if (newest.length === KEPT) sorted.splice(placeIn(sorted, newest.shift()!), 1);
  newest.push(waitMs);
  sorted.splice(placeIn(sorted, waitMs), 0, waitMs);
}

/** Index of the first that is not less. */
function placeIn(sorted: readonly number[], value: number): number {
  let i = 0;
  while (i < sorted.length && sorted[i]! < value) i++;
  return i;
}

/** p10 of short waits in ms, null where none was seen. */
export function rttMs(rtt: Rtt, origin: string): number | null {
  const waits = rtt.waits.get(origin);
  return waits === undefined ? null : quantile(waits.sorted, 0.1);
}
