/** Two timers of one page that ask for the same thing. */
export interface TwoTimersFit {
  periodsMs: [number, number];
  /** Share of requests that one of both explains. */
  explained: number;
  of: number;
}

/** A tick may be this far from where its timer puts it. */
const JITTER = 0.1;
const MIN_JITTER_MS = 60;
/** Both timers together must explain nearly every request, each with enough ticks of its own. */
const EXPLAINED = 0.85;
const MIN_TICKS = 4;
const MIN_REQUESTS = 10;
/** One in so many expected ticks may be missing: it fell together with the other timer's. */
const PRESENT = 0.75;
/** Ticks that begin a train are looked for among the first requests. */
const HEADS = 5;
/** A timer this slow says nothing within the window. */
const SHORTEST_MS = 200;

/** Takes interleaved requests apart into two trains of equal gaps; null when two timers do not explain them. */
export function fitTwoTimers(startedAt: readonly number[]): TwoTimersFit | null {
  if (startedAt.length < MIN_REQUESTS) return null;
  const first = longestTrain(startedAt);
  if (first === null) return null;
  const rest = startedAt.filter((_, i) => !first.ticks.has(i));
  const second = longestTrain(rest);
  if (second === null) return null;
  const explained = (first.ticks.size + second.ticks.size) / startedAt.length;
  if (explained < EXPLAINED) return null;
  return { periodsMs: [first.periodMs, second.periodMs], explained, of: startedAt.length };
}

interface Train {
  periodMs: number;
  ticks: Set<number>;
}

function longestTrain(times: readonly number[]): Train | null {
  let longest: Train | null = null;
  for (let head = 0; head < Math.min(HEADS, times.length); head++) {
    for (let next = head + 1; next < times.length; next++) {
      const train = follow(times, head, next);
      if (train !== null && train.ticks.size > (longest?.ticks.size ?? 0)) longest = train;
    }
  }
  return longest;
}

/** The train that begins with these two ticks, its phase corrected at every tick; null when it is not one. */
function follow(times: readonly number[], head: number, next: number): Train | null {
  const periodMs = times[next]! - times[head]!;
  if (periodMs < SHORTEST_MS) return null;
  const slackMs = Math.max(periodMs * JITTER, MIN_JITTER_MS);
  const ticks = new Set([head]);
  let at = times[head]!;
  let expected = 1;
  let i = head + 1;
  while (at + periodMs <= times.at(-1)! + slackMs) {
    expected++;
    while (i < times.length && times[i]! < at + periodMs - slackMs) i++;
    if (i < times.length && times[i]! <= at + periodMs + slackMs) {
      ticks.add(i);
      at = times[i]!;
      i++;
    } else at += periodMs;
  }
  return ticks.size >= MIN_TICKS && ticks.size >= PRESENT * expected ? { periodMs, ticks } : null;
}
