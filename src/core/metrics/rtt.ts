import { ascending, quantile } from './statistics.ts';

/** Waits of an origin's quick answers; the baseline against which a wait is called a hold. */
export interface Rtt {
  waits: Map<string, number[]>;
}

/** Longer waits say more of the server than of the way. */
const SHORT_MS = 250;
const KEPT = 64;

export const createRtt = (): Rtt => ({ waits: new Map() });

export function addWait(rtt: Rtt, origin: string, waitMs: number): void {
  if (waitMs < 0 || waitMs > SHORT_MS) return;
  const waits = rtt.waits.get(origin) ?? [];
  waits.push(waitMs);
  if (waits.length > KEPT) waits.shift();
  rtt.waits.set(origin, waits);
}

/** p10 of short waits in ms, null where none was seen. */
export function rttMs(rtt: Rtt, origin: string): number | null {
  const waits = rtt.waits.get(origin);
  return waits === undefined ? null : quantile(ascending(waits), 0.1);
}
