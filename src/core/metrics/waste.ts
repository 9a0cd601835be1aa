import { isHold } from '../classify/held.ts';
import type { Exchange, Worth } from '../model.ts';
import { isAcknowledgement, isEmptyEnvelope, VOLATILE_KEY } from './nothing.ts';

/** What the next response of a channel is compared with. */
export interface Previous {
  body: string | null;
  /** The body without keys whose value changes by itself; null when it is not JSON. */
  steady: string | null;
  etag: string | null;
}

export interface Judgement {
  worth: Worth;
  seen: Previous;
  /** The answer said more than "received" or "nothing". */
  carries: boolean;
  /** The same, were it no poll: the words of a protocol are content. */
  hasContent: boolean;
}

const HELD_TIMEOUT_STATUS = new Set([408, 503, 504]);

/**
 * Judges a completed exchange against the one before it on its channel; null when its body is unknown.
 * `previous` null: this is the first, the baseline, in neither count. `saysNothing`: its protocol knows the body for an
 * envelope of heartbeats alone.
 */
export function worthOf(
  exchange: Pick<Exchange, 'status' | 'outcome' | 'responseBodyBytes' | 'waitMs' | 'network'>,
  previous: Previous | null,
  rttMs: number | null,
  saysNothing = false,
): Judgement | null {
  const { outcome, waitMs, network } = exchange;
  // The page sees 200 where the wire said 304 and the cache answered.
  const status = network?.status || exchange.status;
  const seen: Previous = { body: network?.body ?? null, steady: null, etag: etagOf(exchange) };
  const judged = (worth: Worth, carries = false): Judgement => ({
    worth: previous === null && worth !== 'error' ? 'baseline' : worth,
    seen,
    carries,
    hasContent: carries,
  });

  if (outcome !== 'done' || status === null) return judged('error');
  if (HELD_TIMEOUT_STATUS.has(status) && waitMs !== null && isHold(waitMs, rttMs ?? 0)) return judged('held-timeout');
  if (status >= 400) return judged('error');
  if (status === 204 || status === 304)
    return {
      worth: previous === null ? 'baseline' : 'empty',
      seen: previous ?? seen,
      carries: false,
      hasContent: false,
    };
  if (seen.body === null) return exchange.responseBodyBytes === 0 ? judged('empty') : null;
  const json = parse(seen.body);
  if (saysNothing)
    return { ...judged('empty'), seen: previous ?? seen, hasContent: !isAcknowledgement(seen.body, json) };
  if (seen.body.trim() === '' || isAcknowledgement(seen.body, json) || isEmptyEnvelope(json)) return judged('empty');
  if (seen.body === previous?.body || (seen.etag !== null && seen.etag === previous?.etag))
    return judged('identical', true);
  if (json !== undefined) seen.steady = JSON.stringify(json, withoutVolatile);
  if (seen.steady !== null && seen.steady === previous?.steady) return judged('volatile-only', true);
  return judged('useful', true);
}

/** Weak tags may stand for different bytes, but for the same news (RFC 9110 §8.8.1). */
const etagOf = ({ network }: Pick<Exchange, 'network'>): string | null =>
  network?.responseHeaders.find(([name]) => name.toLowerCase() === 'etag')?.[1] ?? null;

const withoutVolatile = (key: string, value: unknown): unknown => (VOLATILE_KEY.test(key) ? undefined : value);

/** undefined when it is not JSON. */
function parse(body: string): unknown {
  const first = body.trimStart()[0];
  if (first === undefined || !'{["tfn-0123456789'.includes(first)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
