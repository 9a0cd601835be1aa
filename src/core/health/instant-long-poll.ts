import { LINKS } from '../advise/links.ts';
import { isHold } from '../classify/held.ts';
import { median } from '../metrics/statistics.ts';
import type { ExchangeFacts, SessionFacts } from '../simulate/facts.ts';
import { anHour, type FindingOf, isWasted } from './finding.ts';

const MIN_REQUESTS = 10;
/** A request that follows an answer this soon is a long poll's. */
const AT_ONCE_MS = 30;
const AT_ONCE_SHARE = 0.8;
/** Of those, so many are answered without being held, and without news. */
const INSTANT_SHARE = 0.8;
const WASTED_SHARE = 0.5;

export type InstantLongPoll = FindingOf<
  'instant-long-poll',
  { requests: number; instant: number; wasted: number; medianWaitMs: number; requestsPerHour: number }
>;

/** A long poll that the server answers at once, with nothing: a busy loop around the world. */
export const instantLongPoll = (session: SessionFacts): InstantLongPoll[] =>
  session.channels
    .filter(({ transport }) => transport === 'long-polling' || transport === 'polling')
    .flatMap((channel) => {
      const { exchanges, rttMs } = channel;
      const followers = exchanges.slice(1).filter(({ startedAt }, i) => follows(startedAt, exchanges[i]!));
      if (exchanges.length < MIN_REQUESTS || followers.length < AT_ONCE_SHARE * (exchanges.length - 1)) return [];
      const instant = exchanges.filter(({ waitMs }) => waitMs !== null && !isHold(waitMs, rttMs ?? 0));
      const wasted = instant.filter(isWasted).length;
      if (instant.length < INSTANT_SHARE * exchanges.length || wasted < WASTED_SHARE * exchanges.length) return [];
      return {
        check: 'instant-long-poll',
        severity: 'error',
        channelIds: [channel.id],
        evidence: {
          requests: exchanges.length,
          instant: instant.length,
          wasted,
          medianWaitMs: median(instant.map(({ waitMs }) => waitMs!))!,
          requestsPerHour: anHour(exchanges.length, channel, session),
        },
        fixes: ['hold-until-there-is-news'],
        links: [LINKS.longPolling],
      };
    });

const follows = (startedAt: number, { endedAt }: ExchangeFacts): boolean =>
  endedAt !== null && startedAt >= endedAt - 1 && startedAt - endedAt <= AT_ONCE_MS;
