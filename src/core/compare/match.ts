import { ascending, quantile } from '../metrics/statistics.ts';
import type { TimeRange } from '../range/report.ts';
import type { Delivery } from './deliveries.ts';

/** One event, and how each of the compared channels brought it. */
export interface MatchedEvent {
  key: string;
  /** When it happened; where no channel says so, when the quickest had it. */
  at: number;
  /** In the order of the channels; null: it never came. */
  cells: ({ receivedAt: number; delayMs: number; copies: number } | null)[];
}

/** What the matching says of one channel. */
export interface ChannelDelivery {
  /** Different events that it brought. */
  events: number;
  /** Of the events of the common time, those that others brought and it did not. */
  lost: number;
  /** Deliveries beyond the first of an event. */
  duplicates: number;
  /** From when an event happened, or (not `isStamped`) from when the quickest channel had it. In ms; null: none came. */
  p50Ms: number | null;
  p95Ms: number | null;
}

export interface Matching {
  /** Oldest first. */
  events: MatchedEvent[];
  channels: ChannelDelivery[];
  /** Delays count from the server's own time stamps. */
  isStamped: boolean;
  /** Time in which all compared channels were at work; only of it can be said that an event was lost. Null: there is none. */
  common: TimeRange | null;
}

/**
 * Matches what several channels brought, by event. `lives`: when each was at work, in the same order. An event counts as lost only
 * when it happened while all were at work: before, a channel was not yet there; after, it may still come.
 */
export function matchDeliveries(deliveries: readonly (readonly Delivery[])[], lives: readonly TimeRange[]): Matching {
  const events = new Map<string, MatchedEvent>();
  const isStamped = deliveries.every((own) => own.every(({ at }) => at !== null));
  for (const [i, own] of deliveries.entries()) {
    for (const { key, at, receivedAt } of own) {
      let event = events.get(key);
      if (event === undefined) {
        event = { key, at: isStamped ? at! : receivedAt, cells: deliveries.map(() => null) };
        events.set(key, event);
      }
      if (!isStamped) event.at = Math.min(event.at, receivedAt);
      const cell = event.cells[i];
      if (cell) cell.copies++;
      else event.cells[i] = { receivedAt, delayMs: 0, copies: 1 };
    }
  }
  const all = [...events.values()].sort((a, b) => a.at - b.at);
  for (const { at, cells } of all) for (const cell of cells) if (cell !== null) cell.delayMs = cell.receivedAt - at;
  const common = commonTime(lives);
  return { events: all, channels: lives.map((_, i) => deliveryOf(all, i, common)), isStamped, common };
}

function commonTime(lives: readonly TimeRange[]): TimeRange | null {
  const from = Math.max(...lives.map((life) => life.from));
  const to = Math.min(...lives.map((life) => life.to));
  return lives.length > 0 && from < to ? { from, to } : null;
}

function deliveryOf(all: readonly MatchedEvent[], i: number, common: TimeRange | null): ChannelDelivery {
  const cells = all.flatMap(({ cells }) => cells[i] ?? []);
  const delays = ascending(cells.map(({ delayMs }) => delayMs));
  const isCommon = ({ at }: MatchedEvent) => common !== null && at >= common.from && at <= common.to;
  return {
    events: cells.length,
    lost: all.filter((event) => event.cells[i] === null && isCommon(event)).length,
    duplicates: cells.reduce((sum, { copies }) => sum + copies - 1, 0),
    p50Ms: quantile(delays, 0.5),
    p95Ms: quantile(delays, 0.95),
  };
}
