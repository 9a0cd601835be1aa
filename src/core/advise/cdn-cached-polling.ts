import { estimateOf, HOUR_MS, meanLatencyMs } from '../simulate/ensemble.ts';
import { exactly, mapEstimate } from '../simulate/estimate.ts';
import type { NetworkFacts } from '../simulate/facts.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, anHour, pollingCase } from './case.ts';
import { caveatsFor } from './caveats.ts';
import { LINKS } from './links.ts';

/** From this period on half a minute of delay is accepted already: a cache may add to it. */
const PATIENT_PERIOD_MS = 30_000;
/** A timer of half a minute is measured some milliseconds shorter when its first tick was late. */
const EARLY_SHARE = 0.01;
/** A cached copy may be as old as half the period: the delay grows by a quarter of it on average. */
const MAX_AGE_OF_PERIOD = 0.5;
const MIN_ANSWERS = 3;
/** The population for which the origin's share is told. */
const CLIENTS = 1000;

export type CdnCachedPolling = AdviceOf<
  'cdn-cached-polling',
  {
    periodMs: number;
    maxAgeMs: number;
    clients: number;
    /** Requests that reach the origin: without a cache, and with one in front. */
    originRequestsPerHour: { from: number; to: number };
  }
>;

/** What is the same for everybody and may be half a minute old is best polled from a cache: the origin is asked once for all. */
export function cdnCachedPolling(given: AdviceCase): CdnCachedPolling | null {
  const polling = pollingCase(given);
  const { channel } = given;
  if (polling === null || channel.method !== 'GET') return null;
  if (polling.present.periodMs < (1 - EARLY_SHARE) * PATIENT_PERIOD_MS) return null;
  const told = channel.exchanges.flatMap(({ network }) => network ?? []);
  if (told.length < MIN_ANSWERS || told.some(isPersonal)) return null;
  const { periodMs } = polling.present;
  const maxAgeMs = MAX_AGE_OF_PERIOD * periodMs;
  const from = estimateOf(given.now, meanLatencyMs);
  const none = exactly(0);
  return {
    rule: 'cdn-cached-polling',
    channelId: channel.id,
    transport: 'polling',
    choice: polling.present,
    evidence: {
      periodMs,
      maxAgeMs,
      clients: CLIENTS,
      originRequestsPerHour: {
        from: CLIENTS * anHour(given.now.probable[0]!.requests, given),
        to: HOUR_MS / maxAgeMs,
      },
    },
    // One client asks as often as before: it is the origin that is spared.
    saving: {
      requestsPerHour: none,
      bytesPerHour: none,
      stalenessMs: { from, to: from === null ? null : mapEstimate(from, (ms) => ms + maxAgeMs / 2) },
      pointsPerHour: none,
    },
    effort: 'medium',
    wouldChangeIf: [{ id: 'data-becomes-personal', value: null }],
    caveats: caveatsFor(given, 'polling'),
    links: [LINKS.cacheControl],
  };
}

/** An answer made for one reader. */
const isPersonal = ({ authorized, cookieBytes, cacheControl }: NetworkFacts): boolean =>
  authorized || cookieBytes > 0 || /\bprivate\b/.test(cacheControl ?? '');
