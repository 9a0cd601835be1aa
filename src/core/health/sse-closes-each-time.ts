import { LINKS } from '../advise/links.ts';
import { median } from '../metrics/statistics.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import type { FindingOf } from './finding.ts';

/** Once or twice may be a deployment. */
const MIN_CLOSED = 3;
/** Proxies cut idle streams after 30 to 60 s; a stream that lives shorter is not even given that. */
const SHORT_LIFE_MS = 30_000;
/** One message and out: a poll in the clothes of a stream. */
const MESSAGES_OF_A_POLL = 1;
/** What a browser waits when the stream names no `retry` (Chromium: 3.0 s; Firefox: 5.0 s). */
const BROWSER_RETRY_MS = 3000;
/** Timers may be early by so much. */
const EARLY_SHARE = 0.1;

export type SseClosesEachTime = FindingOf<
  'sse-closes-each-time',
  | { kind: 'closes'; closed: number; medianLifeMs: number; messagesPerConnection: number }
  | { kind: 'faster-than-retry'; reconnects: number; of: number; medianDelayMs: number; retryMs: number }
>;

/** An event stream that ends again and again, or whose page comes back sooner than the browser would. */
export const sseClosesEachTime = (session: SessionFacts): SseClosesEachTime[] =>
  session.channels
    .filter(({ transport }) => transport === 'sse')
    .flatMap((channel) => [closes(channel), comesBackEarly(channel)].filter((finding) => finding !== null));

function closes({ id, connections, messages }: ChannelFacts): SseClosesEachTime | null {
  const lives = connections.flatMap(({ openedAt, closedAt }) =>
    openedAt === null || closedAt === null ? [] : [closedAt - openedAt],
  );
  const medianLifeMs = median(lives);
  if (medianLifeMs === null || lives.length < MIN_CLOSED || medianLifeMs >= SHORT_LIFE_MS) return null;
  const received = messages.filter(({ role }) => role === 'data').length;
  const messagesPerConnection = received / connections.filter(({ openedAt }) => openedAt !== null).length;
  return {
    check: 'sse-closes-each-time',
    severity: messagesPerConnection <= MESSAGES_OF_A_POLL ? 'error' : 'warning',
    channelIds: [id],
    evidence: { kind: 'closes', closed: lives.length, medianLifeMs, messagesPerConnection },
    fixes: ['keep-the-response-open', 'send-heartbeats', 'switch-off-proxy-buffering'],
    links: [LINKS.eventStream],
  };
}

function comesBackEarly({ id, connections }: ChannelFacts): SseClosesEachTime | null {
  const delays = connections.slice(1).flatMap(({ startedAt }, i) => {
    const { closedAt, retryMs } = connections[i]!;
    return closedAt === null || startedAt < closedAt ? [] : [{ delayMs: startedAt - closedAt, retryMs }];
  });
  const allowed = (retryMs: number | null) => retryMs ?? BROWSER_RETRY_MS;
  const early = delays.filter(({ delayMs, retryMs }) => delayMs < (1 - EARLY_SHARE) * allowed(retryMs));
  if (early.length < MIN_CLOSED) return null;
  return {
    check: 'sse-closes-each-time',
    severity: 'warning',
    channelIds: [id],
    evidence: {
      kind: 'faster-than-retry',
      reconnects: early.length,
      of: delays.length,
      medianDelayMs: median(early.map(({ delayMs }) => delayMs))!,
      retryMs: allowed(early.at(-1)!.retryMs),
    },
    fixes: ['leave-reconnecting-to-the-browser'],
    links: [LINKS.eventStream],
  };
}
