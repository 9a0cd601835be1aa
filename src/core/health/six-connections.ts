import { LINKS } from '../advise/links.ts';
import { originOf } from '../channel-key.ts';
import type { ChannelFacts, SessionFacts, Span } from '../simulate/facts.ts';
import { isH2 } from '../simulate/heads.ts';
import { type FindingOf, groupBy } from './finding.ts';

/** Browsers open no more connections to one host over HTTP/1.1, all tabs together; WebSockets count apart. */
const LIMIT = 6;
/** With so many taken for good, two requests at once wait for each other. */
const FEW_LEFT = 4;
/** A request that waited this long for a connection was starved of one; to open one takes less. */
const BLOCKED_MS = 500;

export type SixConnections = FindingOf<
  'six-connections',
  { origin: string; held: number; limit: number; blockedRequests: number; longestBlockedMs: number; waiting: number }
>;

/** Streams and held requests take the few connections to a host over HTTP/1.1 that all else needs too. */
export function sixConnections(session: SessionFacts): SixConnections[] {
  const requests = session.channels.filter(({ transport }) => transport !== 'websocket');
  return [...groupBy(requests, ({ url }) => originOf(url))].flatMap(([origin, channels]) => {
    if (!speaksHttp1(channels)) return [];
    const holders = channels.filter((channel) => spansOf(channel, session.now).length > 0);
    const held = mostAtOnce(holders.flatMap((channel) => spansOf(channel, session.now)));
    if (held < FEW_LEFT) return [];
    const blocked = channels
      .flatMap(({ exchanges }) => exchanges.map(({ network }) => network?.blockedMs ?? 0))
      .filter((ms) => ms >= BLOCKED_MS);
    const waiting = channels.reduce((sum, { connections }) => sum + connections.filter(isWaiting).length, 0);
    return {
      check: 'six-connections',
      severity: held >= LIMIT ? 'error' : 'warning',
      channelIds: holders.map(({ id }) => id),
      evidence: {
        origin,
        held,
        limit: LIMIT,
        blockedRequests: blocked.length,
        longestBlockedMs: blocked.reduce((a, b) => Math.max(a, b), 0),
        waiting,
      },
      fixes: ['use-http2', 'share-one-connection', 'share-between-tabs'],
      links: [LINKS.eventStream, LINKS.http2],
    };
  });
}

/** Nothing tells the version of a stream that has not ended; others to the same origin do, and without TLS there is but one. */
const speaksHttp1 = (channels: readonly ChannelFacts[]): boolean =>
  !channels.some(isH2) && channels.some(({ httpVersion, url }) => httpVersion !== null || url.startsWith('http:'));

const isWaiting = ({ openedAt, closedAt }: ChannelFacts['connections'][number]): boolean =>
  openedAt === null && closedAt === null;

/** When a channel held a connection for as long as it pleased. */
function spansOf({ transport, connections, exchanges }: ChannelFacts, now: number): Span[] {
  if (transport === 'sse' || transport === 'http-stream')
    return connections.flatMap(({ openedAt, closedAt }) =>
      openedAt === null ? [] : [{ from: openedAt, to: closedAt ?? now }],
    );
  if (transport !== 'long-polling') return [];
  return exchanges.map(({ sentAt, startedAt, endedAt }) => ({ from: sentAt ?? startedAt, to: endedAt ?? now }));
}

function mostAtOnce(spans: readonly Span[]): number {
  const turns = spans
    .flatMap(({ from, to }) => [
      { at: from, step: 1 },
      { at: to, step: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.step - b.step);
  let open = 0;
  let most = 0;
  for (const { step } of turns) {
    open += step;
    most = Math.max(most, open);
  }
  return most;
}
