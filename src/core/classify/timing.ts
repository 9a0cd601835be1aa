/** When one completed request of a channel began, waited and ended (wall ms), and what a verdict needs to know of it besides. */
export interface Timing {
  exchangeId: number;
  startedAt: number;
  /** From sending to the response head. */
  waitMs: number;
  endedAt: number;
  failed: boolean;
  /** The page was hidden, where timers run on another clock; null: nobody knows. */
  hidden: boolean | null;
  /** What it asks for: a poll asks for the same thing again. */
  target: string;
  /** It asked for a part of a file, which nobody does twice. */
  isPart: boolean;
  requestBytes: number;
  /** It was sent as something came in on another channel. */
  isReaction: boolean;
  /** It brought something that was not there before; null: not judged yet. */
  hasNews: boolean | null;
  /** The page never looked at what the answer said. */
  unread: boolean;
}

export const createTiming = (): Timing => ({
  exchangeId: 0,
  startedAt: 0,
  waitMs: 0,
  endedAt: 0,
  failed: false,
  hidden: null,
  target: '',
  isPart: false,
  requestBytes: 0,
  isReaction: false,
  hasNews: null,
  unread: false,
});

/** Requests that a verdict looks back on: enough for any test, so that a verdict costs the same however long the channel lives. */
export const WINDOW = 40;

/** Requests closer than this belong to one burst and count as one. */
const BURST_MS = 50;

/** Folds bursts: what starts within 50 ms of the end of the one before is the same tick of whatever clock drives the page. */
export function foldBursts(timings: readonly Timing[]): Timing[] {
  const folded: Timing[] = [];
  for (const timing of timings) {
    const last = folded.at(-1);
    if (last !== undefined && timing.startedAt - last.endedAt < BURST_MS) {
      folded[folded.length - 1] = { ...last, endedAt: Math.max(last.endedAt, timing.endedAt) };
    } else folded.push(timing);
  }
  return folded;
}

export interface Gaps {
  startToStart: number[];
  endToStart: number[];
}

/**
 * Gaps between neighbours that can be compared. Hidden pages run their timers once a second, later once a minute, so visible
 * and hidden times are never pooled: of the two states the one with more gaps speaks, and a gap across the change is left out.
 */
export function gapsOf(timings: readonly Timing[]): Gaps {
  const visible: Gaps = { startToStart: [], endToStart: [] };
  const hidden: Gaps = { startToStart: [], endToStart: [] };
  for (let i = 1; i < timings.length; i++) {
    const before = timings[i - 1]!;
    const timing = timings[i]!;
    const isHidden = timing.hidden === true;
    if (isHidden !== (before.hidden === true)) continue;
    const gaps = isHidden ? hidden : visible;
    gaps.startToStart.push(timing.startedAt - before.startedAt);
    gaps.endToStart.push(timing.startedAt - before.endedAt);
  }
  return hidden.startToStart.length > visible.startToStart.length ? hidden : visible;
}
