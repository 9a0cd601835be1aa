import { LINKS } from '../advise/links.ts';
import { sumOfKnown } from '../simulate/estimate.ts';
import type { SessionFacts } from '../simulate/facts.ts';
import { type FindingOf, type FixId, isPolling } from './finding.ts';

const MIN_ANSWERS = 5;
/** A header that is missing from most answers is missing. */
const MISSING_SHARE = 0.8;
/** From here on, most answers could have been a 304. */
const REPEATED_SHARE = 0.5;

export type MissingCacheHeaders = FindingOf<
  'missing-cache-headers',
  {
    answers: number;
    withoutCacheControl: number;
    withoutValidator: number;
    repeated: number;
    repeatedBytes: number | null;
  }
>;

/**
 * Polled answers that say nothing about caching: without Cache-Control a cache may guess (RFC 9111 §4.2.2) and serve old news;
 * without ETag or Last-Modified what repeats must be sent whole.
 */
export const missingCacheHeaders = (session: SessionFacts): MissingCacheHeaders[] =>
  session.channels
    .filter((channel) => isPolling(channel) && channel.method === 'GET')
    .flatMap((channel) => {
      const told = channel.exchanges.flatMap(({ network, status, worth, payloadBytes }) =>
        network === null || network.fromCache || status !== 200 ? [] : [{ network, worth, payloadBytes }],
      );
      if (told.length < MIN_ANSWERS) return [];
      const withoutCacheControl = told.filter(({ network }) => network.cacheControl === null).length;
      const withoutValidator = told.filter(({ network }) => !network.hasValidator).length;
      const repeated = told.filter(({ worth }) => worth === 'identical');
      const mayBeStale = withoutCacheControl >= MISSING_SHARE * told.length;
      const cannotSpare =
        withoutValidator >= MISSING_SHARE * told.length && repeated.length >= REPEATED_SHARE * told.length;
      if (!mayBeStale && !cannotSpare) return [];
      const fixes: FixId[] = [
        ...(mayBeStale ? (['send-cache-control'] as const) : []),
        ...(cannotSpare ? (['send-an-etag'] as const) : []),
      ];
      return {
        check: 'missing-cache-headers',
        severity: cannotSpare ? 'warning' : 'info',
        channelIds: [channel.id],
        evidence: {
          answers: told.length,
          withoutCacheControl,
          withoutValidator,
          repeated: repeated.length,
          repeatedBytes: sumOfKnown(repeated.map(({ payloadBytes }) => payloadBytes)),
        },
        fixes,
        links: [LINKS.cacheControl, LINKS.conditional],
      };
    });
