import { median, robustVariation } from '../metrics/statistics.ts';
import type { Timing } from './timing.ts';

/** How far the requests of a channel follow one another at once, and are held by the server. */
export interface HeldFit {
  /** Share of gaps from the end of one request to the start of the next that are next to nothing. */
  backToBackShare: number;
  medianGapMs: number;
  /** Share of requests the server kept waiting. */
  heldShare: number;
  medianHoldMs: number | null;
  of: number;
}

/** A request is sent "at once" when it follows within this of the last answer, or half a round trip. */
const AT_ONCE_MS = 30;
/** A request may begin before the hook hears that the one before has ended: page handlers of `load` run before `loadend`. */
const OVERLAP_MS = 10;
/** After a long hold a busy page may take this share of it, up to so long. */
const AT_ONCE_SHARE = 0.05;
const AT_ONCE_AT_MOST_MS = 150;
/** A wait is a hold when it exceeds the round trip by this, and by three round trips. */
const HOLD_MS = 250;

/** Null with fewer than two requests. `rttMs` is the origin's baseline, null when nothing short was seen: then any long wait counts. */
export function fitHeld(timings: readonly Timing[], rttMs: number | null): HeldFit | null {
  if (timings.length < 2) return null;
  const gaps: number[] = [];
  for (let i = 1; i < timings.length; i++) gaps.push(timings[i]!.startedAt - timings[i - 1]!.endedAt);
  const rtt = rttMs ?? 0;
  const holds = timings.filter(({ waitMs }) => isHold(waitMs, rtt)).map(({ waitMs }) => waitMs);
  const afterHoldMs = Math.min((median(holds) ?? 0) * AT_ONCE_SHARE, AT_ONCE_AT_MOST_MS);
  const atOnceMs = Math.max(AT_ONCE_MS, rtt / 2, afterHoldMs);
  return {
    backToBackShare: gaps.filter((gap) => gap >= -OVERLAP_MS && gap <= atOnceMs).length / gaps.length,
    medianGapMs: median(gaps)!,
    heldShare: holds.length / timings.length,
    medianHoldMs: median(holds),
    of: timings.length,
  };
}

/** Of long polls for events that come in bursts few are held, but nearly all the time is spent in holds, and no quick answer is empty. */
export const FEW_HELD = 0.1;
const HELD_TIME = 0.8;
const QUICK_NEWS = 0.9;
const MIN_QUICK = 5;

/**
 * Whether the server holds a request until there is news, and answers at once those that come while a burst goes on. A poll that
 * asks again and again is mostly told nothing.
 */
export function isHeldBetweenBursts(timings: readonly Timing[], rttMs: number | null): boolean {
  const holds = timings.filter(({ waitMs }) => isHold(waitMs, rttMs ?? 0));
  const quick = timings.filter(({ waitMs, hasNews }) => !isHold(waitMs, rttMs ?? 0) && hasNews !== null);
  if (holds.length < FEW_HELD * timings.length || quick.length < MIN_QUICK) return false;
  const heldMs = holds.reduce((sum, { waitMs }) => sum + waitMs, 0);
  const overMs = timings.at(-1)!.endedAt - timings[0]!.startedAt;
  const news = quick.filter(({ hasNews }) => hasNews).length;
  return heldMs >= HELD_TIME * overMs && news >= QUICK_NEWS * quick.length;
}

/** Answers with and without news that take this much alike were not held for the news: the server is slow. */
const ALIKE = 0.9;
const STEADY = 0.15;
const MIN_OF_EACH = 2;

/**
 * In a hold the empty answers come last, when the server gives up, and those with news before. A slow server takes its time
 * whatever it answers. Null where the answers do not decide it.
 */
export function fitSlowServer(timings: readonly Timing[]): { medianWaitMs: number; of: number } | null {
  const waits = (hasNews: boolean) =>
    timings.filter((timing) => timing.hasNews === hasNews).map(({ waitMs }) => waitMs);
  const empty = waits(false);
  const news = waits(true);
  if (empty.length < MIN_OF_EACH || news.length < MIN_OF_EACH) return null;
  const all = [...empty, ...news];
  const variation = robustVariation(all);
  if (variation === null || variation > STEADY || median(news)! < ALIKE * median(empty)!) return null;
  return { medianWaitMs: median(all)!, of: all.length };
}

/** A client that rests between long polls rests for less than this share of the longest hold. */
const REST_SHARE = 0.25;

/**
 * Whether the empty answers come when the server gives up waiting, all after the same time, and those with news before that.
 * Then it holds its requests, though the client rests a little before it asks again.
 */
export function isHeldForNews(timings: readonly Timing[], rttMs: number | null): boolean {
  const waits = (hasNews: boolean) =>
    timings.filter((timing) => timing.hasNews === hasNews).map(({ waitMs }) => waitMs);
  const empty = waits(false);
  const news = waits(true);
  if (empty.length < MIN_OF_EACH || news.length < MIN_OF_EACH) return false;
  const gaveUpMs = median(empty)!;
  const isSteady = empty.every((waitMs) => Math.abs(waitMs / gaveUpMs - 1) <= STEADY);
  if (!isSteady || !isHold(gaveUpMs, rttMs ?? 0) || median(news)! >= ALIKE * gaveUpMs) return false;
  const rests = timings.slice(1).map(({ startedAt }, i) => startedAt - timings[i]!.endedAt);
  return median(rests)! >= -OVERLAP_MS && median(rests)! <= REST_SHARE * gaveUpMs;
}

export const isHold = (waitMs: number, rttMs: number): boolean => waitMs - rttMs > Math.max(HOLD_MS, 3 * rttMs);
