import { LINKS } from '../advise/links.ts';
import { median } from '../metrics/statistics.ts';
import type { SessionFacts } from '../simulate/facts.ts';
import { anHour, type FindingOf } from './finding.ts';

/** Sent once, large headers hardly matter. */
const MIN_REQUESTS = 5;
/** More than two TCP segments of 1460 bytes for a question. */
const WARNING_BYTES = 2 * 1460;
/** Nine tenths of 8 KiB, where nginx and Apache refuse a request by default. */
const ERROR_BYTES = Math.floor(0.9 * 8192);
/** From this share on, cookies are the reason. */
const COOKIE_SHARE = 0.5;

export type OversizedHeaders = FindingOf<
  'oversized-headers',
  { medianBytes: number; cookieBytes: number; requests: number; bytesPerHour: number }
>;

/** Every request carries kilobytes of headers, cookies mostly. */
export const oversizedHeaders = (session: SessionFacts): OversizedHeaders[] =>
  session.channels.flatMap((channel) => {
    const told = channel.exchanges.flatMap(({ network }) => network ?? []);
    const sizes = told.flatMap(({ requestHeaderBytes }) => requestHeaderBytes ?? []);
    const medianBytes = median(sizes);
    if (medianBytes === null || sizes.length < MIN_REQUESTS || medianBytes <= WARNING_BYTES) return [];
    const cookieBytes = median(told.map((network) => network.cookieBytes))!;
    return {
      check: 'oversized-headers',
      severity: medianBytes >= ERROR_BYTES ? 'error' : 'warning',
      channelIds: [channel.id],
      evidence: {
        medianBytes,
        cookieBytes,
        requests: sizes.length,
        bytesPerHour: anHour(medianBytes * channel.exchanges.length, channel, session),
      },
      fixes:
        cookieBytes >= COOKIE_SHARE * medianBytes
          ? ['move-state-out-of-cookies', 'narrow-the-cookie-path', 'use-http2']
          : ['use-http2'],
      links: [LINKS.fieldLimits],
    };
  });
