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

/** A poller that remembers how many states it got, and how many more they stood for (snapshot polling). */
export function createPoller(url: string) {
  const counts = { seen: 0, coalesced: 0 };
  let since = 0;
  return {
    counts,
    async poll(): Promise<void> {
      const reply = (await (await fetch(`${url}&since=${since}`)).json()) as Reply;
      since = reply.next ?? since;
      counts.seen += reply.event ? 1 : (reply.events?.length ?? 0);
      counts.coalesced += reply.coalesced ?? 0;
    },
  };
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
