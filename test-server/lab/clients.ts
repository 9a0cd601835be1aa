import { nowMs } from '../clock.ts';

/** One event as a client got it. */
export interface Arrival {
  /** By the server's clock, which is this process's. */
  at: number;
  arrivedAt: number;
  delayMs: number;
}

interface Reply {
  events?: { seq: number; at: number }[];
  event?: { seq: number };
  coalesced?: number;
  next?: number;
}

export const until = (timeMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, timeMs - nowMs())));

/**
 * Polls at `firstAt`, `firstAt + periodMs` … (epoch ms, so that nothing drifts) as long as `goesOn` says so. Returns how
 * many states it got, and how many more they stood for (snapshot polling).
 */
export async function pollOnTime(url: string, firstAt: number, periodMs: number, goesOn: (seen: number) => boolean) {
  let since = 0;
  let seen = 0;
  let coalesced = 0;
  for (let count = 0; goesOn(seen); count += 1) {
    await until(firstAt + count * periodMs);
    const reply = (await (await fetch(`${url}&since=${since}`)).json()) as Reply;
    since = reply.next ?? since;
    seen += reply.event ? 1 : (reply.events?.length ?? 0);
    coalesced += reply.coalesced ?? 0;
  }
  return { seen, coalesced };
}

/** Long-polls back to back until `count` events arrived. */
export async function longPollUntil(url: string, count: number): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  let since = 0;
  while (arrivals.length < count) {
    const reply = (await (await fetch(`${url}&since=${since}`)).json()) as Reply;
    const arrivedAt = nowMs();
    since = reply.next ?? since;
    for (const { at } of reply.events ?? []) arrivals.push({ at, arrivedAt, delayMs: arrivedAt - at });
  }
  return arrivals;
}

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
