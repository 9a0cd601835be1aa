import { headerValue } from '../har-entry.ts';
import type { NetworkEntry } from '../model.ts';
import { remembered } from '../remembered.ts';

/**
 * How far a server's clock is ahead of this machine's, as its `Date` headers bound it. A response says when the server wrote
 * it, to the second, and that lay between the request's sending and the answer's arrival; every answer narrows the bounds,
 * because their seconds begin at different times.
 */
export interface Clock {
  fromMs: number;
  toMs: number;
  /** When the bounds last changed. */
  at: number;
}

const SECOND_MS = 1000;
/** Servers write the second they looked up last, which may be over by so much. */
const STALE_MS = 100;
/** Clocks drift apart by up to this share, so old bounds widen (a quartz clock without NTP is off by up to 10⁻⁴). */
const DRIFT = 1e-4;

/** Bounds of the clock of the server that gave this response; null when it does not say. */
export function boundsOf({ startedAt, blockedMs, waitMs, responseHeaders, fromCache }: NetworkEntry): Clock | null {
  const date = fromCache ? null : headerValue(responseHeaders, 'date');
  const second = date === null ? Number.NaN : parsedDate(date);
  if (Number.isNaN(second)) return null;
  const sentAt = startedAt + blockedMs;
  const arrivedAt = sentAt + waitMs;
  return { fromMs: second - arrivedAt, toMs: second + SECOND_MS + STALE_MS - sentAt, at: arrivedAt };
}

/** Many answers say the same second. */
const parsedDate = remembered((date) => Date.parse(date));

/**
 * What is known with one more reading: `known` itself, as each response brings one. A clock that was set meanwhile begins anew.
 */
export function narrow(known: Clock | undefined, { fromMs, toMs, at }: Clock): Clock {
  if (known === undefined) return { fromMs, toMs, at };
  const driftMs = Math.abs(at - known.at) * DRIFT;
  const narrowedFrom = Math.max(known.fromMs - driftMs, fromMs);
  const narrowedTo = Math.min(known.toMs + driftMs, toMs);
  const wasSet = narrowedFrom > narrowedTo;
  known.fromMs = wasSet ? fromMs : narrowedFrom;
  known.toMs = wasSet ? toMs : narrowedTo;
  known.at = at;
  return known;
}

/** The offset to reckon with, and its error; both in ms. Error null: the server says nothing of its clock. */
export interface Offset {
  offsetMs: number;
  plusMinusMs: number | null;
}

/** Where both clocks may agree they are taken to; on this machine itself there is but one clock. */
export function offsetOf(clock: Clock | undefined, isLoopback: boolean): Offset {
  if (clock === undefined) return { offsetMs: 0, plusMinusMs: isLoopback ? 0 : null };
  const { fromMs, toMs } = clock;
  if (fromMs <= 0 && toMs >= 0) return { offsetMs: 0, plusMinusMs: isLoopback ? 0 : Math.max(-fromMs, toMs) };
  return { offsetMs: (fromMs + toMs) / 2, plusMinusMs: (toMs - fromMs) / 2 };
}

/** `127.0.0.0/8`, `::1` and names under `localhost` (RFC 6761 §6.3). */
export const isLoopbackHost = (host: string): boolean => /^(127\.|\[::1\]|([^:]+\.)?localhost(:|$))/i.test(host);
