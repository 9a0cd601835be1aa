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
 * envelope of heartbeats alone. `json`: the body as `parseBody` read it, which is taken apart; undefined: not yet read.
 */
export function worthOf(
  exchange: Pick<Exchange, 'status' | 'outcome' | 'responseBodyBytes' | 'waitMs' | 'network'>,
  previous: Previous | null,
  rttMs: number | null,
  saysNothing = false,
  json: unknown = undefined,
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
  json ??= parseBody(seen.body);
  if (saysNothing)
    return { ...judged('empty'), seen: previous ?? seen, hasContent: !isAcknowledgement(seen.body, json) };
  if (seen.body.trim() === '' || isAcknowledgement(seen.body, json) || isEmptyEnvelope(json)) return judged('empty');
  if (seen.body === previous?.body || (seen.etag !== null && seen.etag === previous?.etag))
    return judged('identical', true);
  if (json !== undefined) seen.steady = steadyText(json);
  if (seen.steady !== null && seen.steady === previous?.steady) return judged('volatile-only', true);
  return judged('useful', true);
}

/** Weak tags may stand for different bytes, but for the same news (RFC 9110 §8.8.1). */
const etagOf = ({ network }: Pick<Exchange, 'network'>): string | null =>
  network?.responseHeaders.find(([name]) => name.toLowerCase() === 'etag')?.[1] ?? null;

/**
 * A body as text without keys whose value changes by itself; takes them out of `json`, which nobody else may need. Costs a
 * fifth of `JSON.stringify` with a replacer. Null for what is nested too deep to be written.
 */
function steadyText(json: unknown): string | null {
  try {
    dropVolatile(json);
    return JSON.stringify(json);
  } catch {
    return null;
  }
}

const volatileNames = new Map<string, boolean>();
const MAX_NAMES = 10_000;

function isVolatile(name: string): boolean {
  let known = volatileNames.get(name);
  if (known === undefined) {
    known = VOLATILE_KEY.test(name);
    if (volatileNames.size < MAX_NAMES) volatileNames.set(name, known);
  }
  return known;
}

function dropVolatile(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) dropVolatile(item);
    return;
  }
  const record = value as Record<string, unknown>;
  for (const name in record) {
    // Properties that are undefined are not written.
    if (isVolatile(name)) record[name] = undefined;
    else dropVolatile(record[name]);
  }
}

/** undefined when it is not JSON. */
export function parseBody(body: string): unknown {
  const first = body.trimStart()[0];
  if (first === undefined || !'{["tfn-0123456789'.includes(first)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
