import type { Transport } from '../model.ts';
import { type BackoffFit, fitBackoff } from './backoff.ts';
import { fitHeld, type HeldFit } from './held.ts';
import { fitTimer, type TimerFit } from './timer.ts';
import { foldBursts, type Timing } from './timing.ts';

/** One fact that led to a verdict, in raw numbers; the view words it. */
export type Evidence =
  | { kind: 'websocket' }
  | { kind: 'event-source' }
  | { kind: 'content-type'; contentType: string }
  | { kind: 'beacon' }
  | { kind: 'form-navigation' }
  | { kind: 'failures'; of: number }
  | ({ kind: 'held' } & Pick<HeldFit, 'heldShare' | 'medianHoldMs' | 'of'>)
  | ({ kind: 'back-to-back' } & Pick<HeldFit, 'backToBackShare' | 'medianGapMs' | 'of'>)
  | ({ kind: 'timer' } & TimerFit)
  | ({ kind: 'backoff' } & BackoffFit)
  | ({ kind: 'no-rhythm' } & TimerFit)
  | { kind: 'few'; gaps: number; needed: number };

export interface Verdict {
  /** null: not enough yet. */
  transport: Transport | null;
  /** Probability, 0 to 1. */
  confidence: number;
  /** Rests on fewer requests than a lasting verdict needs. */
  provisional: boolean;
  evidence: Evidence[];
}

const BACK_TO_BACK = 0.8;
const HELD = 0.3;
const PROVISIONAL_GAPS = 3;
export const LASTING_GAPS = 5;
/** A streak of failures this long is a retry loop, whatever its rhythm. */
const RETRY_STREAK = 3;
/** Where a timer is as likely as not: between here and ENTER nothing changes. */
export const LEAVE = 0.5;
export const ENTER = 0.8;

/**
 * How a series of like requests gets its news, from the timing of the last of them. Order matters: back-to-back and held
 * come before the timer test, because long polls with regular events are more regular than many a poll.
 * `failures`: completed requests, newest last, that failed in a row. `rttMs`: round-trip baseline of the origin, null if unknown.
 */
export function classifySeries(timings: readonly Timing[], rttMs: number | null, failures: number): Verdict {
  const gaps = timings.length - 1;
  if (failures >= RETRY_STREAK) return certain('request', 1, false, { kind: 'failures', of: failures });
  const few = gaps < PROVISIONAL_GAPS;
  if (few) return certain(null, 0, true, { kind: 'few', gaps: Math.max(gaps, 0), needed: PROVISIONAL_GAPS });
  const provisional = gaps < LASTING_GAPS;

  const held = fitHeld(timings, rttMs)!;
  if (held.backToBackShare >= BACK_TO_BACK) {
    const { backToBackShare, medianGapMs, heldShare, medianHoldMs, of } = held;
    const backToBack: Evidence = { kind: 'back-to-back', backToBackShare, medianGapMs, of };
    const transport = heldShare >= HELD ? 'long-polling' : 'polling';
    const confidence = confidenceOf(
      transport === 'long-polling' ? Math.min(heldShare / HELD, 1) : 1,
      backToBackShare,
      of,
    );
    return {
      transport,
      confidence,
      provisional,
      evidence: [
        backToBack,
        ...(medianHoldMs === null ? [] : [{ kind: 'held', heldShare, medianHoldMs, of } as const]),
      ],
    };
  }

  const folded = foldBursts(timings);
  const startToStart: number[] = [];
  const endToStart: number[] = [];
  for (let i = 1; i < folded.length; i++) {
    startToStart.push(folded[i]!.startedAt - folded[i - 1]!.startedAt);
    endToStart.push(folded[i]!.startedAt - folded[i - 1]!.endedAt);
  }
  const backoff = fitBackoff(startToStart);
  if (backoff !== null) return certain('polling', 0.9, provisional, { kind: 'backoff', ...backoff });
  const timer = startToStart.length < PROVISIONAL_GAPS ? null : fitTimer(startToStart, endToStart);
  if (timer === null)
    return certain(null, 0, true, { kind: 'few', gaps: startToStart.length, needed: PROVISIONAL_GAPS });
  if (timer.p >= ENTER) return certain('polling', timer.p, provisional, { kind: 'timer', ...timer });
  if (timer.p <= LEAVE) return certain('request', 1 - timer.p, provisional, { kind: 'no-rhythm', ...timer });
  return certain(null, 0, provisional, { kind: 'no-rhythm', ...timer });
}

export const certain = (
  transport: Transport | null,
  confidence: number,
  provisional: boolean,
  ...evidence: Evidence[]
): Verdict => ({ transport, confidence, provisional, evidence });

/** Laplace's rule of succession: n of n back-to-back requests are worth (n+1)/(n+2). */
const confidenceOf = (held: number, backToBackShare: number, of: number): number =>
  (held * (backToBackShare * of + 1)) / (of + 2);
