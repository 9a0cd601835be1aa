import type { ConnectionApi } from '../../protocol.ts';
import type { Transport } from '../model.ts';
import { type BackoffFit, fitBackoff } from './backoff.ts';
import { fitHeld, fitSlowServer, type HeldFit, isHeldBetweenBursts, isHeldForNews } from './held.ts';
import { fitRetries } from './retries.ts';
import { fitSteadyTail, fitTimer, type TimerFit } from './timer.ts';
import { foldBursts, gapsOf, type Timing } from './timing.ts';
import { fitTwoTimers, type TwoTimersFit } from './two-timers.ts';
import { fitUpload, type UploadFit } from './upload.ts';

/** One fact that led to a verdict, in raw numbers; the view words it. */
export type Evidence =
  | { kind: ConnectionApi }
  | { kind: 'content-type'; contentType: string }
  | { kind: 'beacon' }
  | { kind: 'form-navigation' }
  | { kind: 'protocol'; protocol: string }
  | { kind: 'uplink'; protocol: string }
  | { kind: 'reaction'; share: number; of: number }
  | { kind: 'streamed'; chunks: number; overMs: number }
  | { kind: 'failures'; of: number }
  | { kind: 'slow-server'; medianWaitMs: number; of: number }
  | { kind: 'other-targets'; targets: number; of: number }
  | ({ kind: 'upload' } & UploadFit)
  | ({ kind: 'two-timers' } & TwoTimersFit)
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

export const BACK_TO_BACK = 0.8;
export const HELD = 0.3;
/** What is sent up as something came down answers it: it has no clock of its own. One of four may have come late. */
const REACTIONS = 0.7;
const PROVISIONAL_GAPS = 3;
export const LASTING_GAPS = 5;
/** Of so few gaps none may be an outlier: two that happen to be equal are no timer. In natural-log units from the median. */
const PROVISIONAL_SPREAD = 0.3;
/** A poll asks for the same thing again: where most requests go to a place of their own, none is a poll. */
const OTHER_TARGETS = 0.8;
/** Where a timer is as likely as not: between here and ENTER nothing changes. */
export const LEAVE = 0.5;
export const ENTER = 0.8;
const PROVISIONAL_ENTER = 0.95;
/** A timer's gaps vary by less: ±30 % of jitter, evenly spread, are 0.22. */
const MAX_VARIATION = 0.25;
/** Requests one after the other are chatty polling if it goes on; pages and views are loaded like that too, but soon done. */
const CHATTY_REQUESTS = 10;
const CHATTY_MS = 3000;

export interface Circumstances {
  /** Round-trip baseline of the origin, null if unknown. */
  rttMs: number | null;
  method: string;
  /** Of a GraphQL or JSON-RPC call: a POST that asks. */
  operation: string | null;
}

/**
 * How a series of like requests gets its news, from the timing of the last of them. Order matters: back-to-back and held
 * come before the timer test, because long polls with regular events are more regular than many a poll.
 */
export function classifySeries(timings: readonly Timing[], circumstances: Circumstances): Verdict {
  const gaps = timings.length - 1;
  const retries = fitRetries(timings);
  if (retries !== null) return certain('request', 1, false, { kind: 'failures', ...retries });
  if (gaps < PROVISIONAL_GAPS) return few(Math.max(gaps, 0));
  const provisional = gaps < LASTING_GAPS;

  const parts = timings.filter(({ isPart }) => isPart).length;
  if (parts >= OTHER_TARGETS * timings.length)
    return certain('request', parts / timings.length, provisional, {
      kind: 'other-targets',
      targets: parts,
      of: timings.length,
    });
  const held = classifyHeld(timings, circumstances.rttMs, provisional);
  if (held !== null) return held;
  const targets = new Set(timings.map(({ target }) => target)).size;
  if (targets >= OTHER_TARGETS * timings.length)
    return certain('request', targets / timings.length, provisional, {
      kind: 'other-targets',
      targets,
      of: timings.length,
    });
  const reactions = timings.filter(({ isReaction }) => isReaction).length / timings.length;
  if (circumstances.method !== 'GET' && circumstances.operation === null && reactions >= REACTIONS)
    return certain('request', reactions, provisional, { kind: 'reaction', share: reactions, of: timings.length });
  const upload = fitUpload(timings, circumstances);
  if (upload !== null && !upload.acknowledgedOnly)
    return certain('request', 0.9, provisional, { kind: 'upload', ...upload });
  const rhythm = classifyRhythm(timings);
  // What goes up on a timer and is merely acknowledged asks for nothing.
  if (upload !== null && rhythm.transport === 'polling')
    return { ...rhythm, transport: 'telemetry', evidence: [{ kind: 'upload', ...upload }, ...rhythm.evidence] };
  return rhythm;
}

/** Requests that follow one another at once: long polling when the server holds them. Null when they do not. */
function classifyHeld(timings: readonly Timing[], rttMs: number | null, provisional: boolean): Verdict | null {
  const { backToBackShare, medianGapMs, heldShare, medianHoldMs, of } = fitHeld(timings, rttMs)!;
  if (backToBackShare < BACK_TO_BACK)
    return isHeldForNews(timings, rttMs)
      ? certain('long-polling', confidenceOf(heldShare, of), provisional, { kind: 'held', heldShare, medianHoldMs, of })
      : null;
  const backToBack: Evidence = { kind: 'back-to-back', backToBackShare, medianGapMs, of };
  const slow = heldShare >= HELD ? fitSlowServer(timings) : null;
  if (slow !== null)
    return certain('polling', confidenceOf(backToBackShare, of), provisional, backToBack, {
      kind: 'slow-server',
      ...slow,
    });
  const overMs = timings.at(-1)!.endedAt - timings[0]!.startedAt;
  if (heldShare < HELD && (of < CHATTY_REQUESTS || overMs < CHATTY_MS)) return null;
  const isLong = heldShare >= HELD || isHeldBetweenBursts(timings, rttMs);
  return {
    transport: isLong ? 'long-polling' : 'polling',
    confidence: confidenceOf(backToBackShare, of),
    provisional,
    evidence: [backToBack, ...(medianHoldMs === null ? [] : [{ kind: 'held', heldShare, medianHoldMs, of } as const])],
  };
}

function classifyRhythm(timings: readonly Timing[]): Verdict {
  const { startToStart, endToStart } = gapsOf(foldBursts(timings));
  // A burst is one tick: what counts is how often the clock struck.
  const provisional = startToStart.length < LASTING_GAPS;
  const backoff = fitBackoff(endToStart) ?? fitBackoff(startToStart);
  if (backoff !== null) return certain('polling', 0.9, provisional, { kind: 'backoff', ...backoff });
  const timer = startToStart.length < PROVISIONAL_GAPS ? null : fitTimer(startToStart, endToStart);
  if (timer === null) return few(startToStart.length);
  const isSteady = timer.variation <= MAX_VARIATION;
  const isFirm = !isSteady
    ? false
    : provisional
      ? timer.p >= PROVISIONAL_ENTER && timer.farthest <= PROVISIONAL_SPREAD
      : timer.p >= ENTER;
  if (isFirm) return certain('polling', timer.p, provisional, { kind: 'timer', ...timer });
  const steady = fitSteadyTail(startToStart, endToStart);
  if (steady !== null) return certain('polling', steady.p, provisional, { kind: 'timer', ...steady });
  const two = fitTwoTimers(timings.map(({ startedAt }) => startedAt));
  if (two !== null) return certain('polling', two.explained, provisional, { kind: 'two-timers', ...two });
  if (timer.p <= LEAVE) return certain('request', 1 - timer.p, provisional, { kind: 'no-rhythm', ...timer });
  return certain(null, 0, provisional, { kind: 'no-rhythm', ...timer });
}

const few = (gaps: number): Verdict => certain(null, 0, true, { kind: 'few', gaps, needed: PROVISIONAL_GAPS });

export const certain = (
  transport: Transport | null,
  confidence: number,
  provisional: boolean,
  ...evidence: Evidence[]
): Verdict => ({ transport, confidence, provisional, evidence });

/** Laplace's rule of succession: n of n back-to-back requests are worth (n+1)/(n+2). */
const confidenceOf = (backToBackShare: number, of: number): number => (backToBackShare * of + 1) / (of + 2);
