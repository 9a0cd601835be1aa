import { isHold } from '../classify/held.ts';
import { headerValue } from '../har-entry.ts';
import type { Exchange, Worth } from '../model.ts';
import { contentOf } from '../script-call.ts';
import { isAcknowledgement, isEmptyEnvelope, isSpace } from './nothing.ts';
import { isSameNews } from './same-news.ts';

/** What the next response of a channel is compared with. */
export interface Previous {
  body: string | null;
  /** The body as JSON; undefined: it is none, or too long to be kept parsed as well. */
  json: unknown;
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
 * envelope of heartbeats alone. `json`: the body as `parseBody` read it; undefined: not yet read.
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
  const seen: Previous = { body: contentOf(network), json: undefined, etag: etagOf(exchange) };
  if (outcome !== 'done' || status === null) return judged('error', seen, previous);
  if (HELD_TIMEOUT_STATUS.has(status) && waitMs !== null && isHold(waitMs, rttMs ?? 0))
    return judged('held-timeout', seen, previous);
  if (status >= 400) return judged('error', seen, previous);
  if (status === 204 || status === 304) return judged('empty', previous ?? seen, previous);
  if (seen.body === null) return exchange.responseBodyBytes === 0 ? judged('empty', seen, previous) : null;
  json ??= parseBody(seen.body);
  if (saysNothing)
    return { ...judged('empty', previous ?? seen, previous), hasContent: !isAcknowledgement(seen.body, json) };
  if (isBlank(seen.body) || isAcknowledgement(seen.body, json) || isEmptyEnvelope(json))
    return judged('empty', seen, previous);
  if (seen.body.length <= KEPT_CHARS) seen.json = json;
  if (seen.body === previous?.body || (seen.etag !== null && seen.etag === previous?.etag))
    return judged('identical', seen, previous, true);
  if (json !== undefined && previous !== null && isSameNews(json, jsonOf(previous)))
    return judged('volatile-only', seen, previous, true);
  return judged('useful', seen, previous, true);
}

function judged(worth: Worth, seen: Previous, previous: Previous | null, carries = false): Judgement {
  return {
    worth: previous === null && worth !== 'error' ? 'baseline' : worth,
    seen,
    carries,
    hasContent: carries,
  };
}

/** Parsed, a body takes several times its length: longer ones are parsed again when the next answer comes. */
const KEPT_CHARS = 65_536;

const jsonOf = ({ json, body }: Previous): unknown =>
  json !== undefined || body === null || body.length <= KEPT_CHARS ? json : parseBody(body);

const isBlank = (body: string): boolean => isSpace(body.charCodeAt(0)) && body.trim() === '';

/** Weak tags may stand for different bytes, but for the same news (RFC 9110 §8.8.1). */
const etagOf = ({ network }: Pick<Exchange, 'network'>): string | null =>
  network === null ? null : headerValue(network.responseHeaders, 'etag');

/** undefined when it is not JSON. */
export function parseBody(body: string): unknown {
  const first = isSpace(body.charCodeAt(0)) ? body.trimStart()[0] : body[0];
  if (first === undefined || !'{["tfn-0123456789'.includes(first)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
