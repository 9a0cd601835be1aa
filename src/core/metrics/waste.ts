import { isHold } from '../classify/held.ts';
import type { Exchange, Worth } from '../model.ts';

/** What the next response of a channel is compared with. */
export interface Previous {
  body: string | null;
  /** The body without keys whose value changes by itself; null when it is not JSON. */
  steady: string | null;
}

/** Keys whose change alone is no news. */
const VOLATILE_KEY = /^(ts|time|timestamp|now|requestId|nonce|serverTime)$/;
/** Whole bodies by which services say "nothing". */
const EMPTY_BODIES = new Set(['', '{}', '[]', 'null', '""', 'ok']);
const HELD_TIMEOUT_STATUS = new Set([408, 503, 504]);

/**
 * Judges a completed exchange against the one before it on its channel; null when its body is unknown.
 * `previous` null: this is the first, the baseline, in neither count.
 */
export function worthOf(
  exchange: Pick<Exchange, 'status' | 'outcome' | 'responseBodyBytes' | 'waitMs' | 'network'>,
  previous: Previous | null,
  rttMs: number | null,
): { worth: Worth; seen: Previous } | null {
  const { status, outcome, waitMs, network } = exchange;
  const seen: Previous = { body: network?.body ?? null, steady: null };
  const judged = (worth: Worth) =>
    ({ worth: previous === null && worth !== 'error' ? 'baseline' : worth, seen }) as const;

  if (outcome !== 'done' || status === null) return judged('error');
  if (HELD_TIMEOUT_STATUS.has(status) && waitMs !== null && isHold(waitMs, rttMs ?? 0)) return judged('held-timeout');
  if (status >= 400) return judged('error');
  if (status === 204 || status === 304)
    return { worth: previous === null ? 'baseline' : 'empty', seen: previous ?? seen };
  if (seen.body === null) return exchange.responseBodyBytes === 0 ? judged('empty') : null;
  if (EMPTY_BODIES.has(seen.body.trim())) return judged('empty');
  if (seen.body === previous?.body) return judged('identical');
  seen.steady = withoutVolatileKeys(seen.body);
  if (seen.steady !== null && seen.steady === previous?.steady) return judged('volatile-only');
  return judged('useful');
}

function withoutVolatileKeys(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body), (key, value) => (VOLATILE_KEY.test(key) ? undefined : value));
  } catch {
    return null;
  }
}
