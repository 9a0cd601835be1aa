import type { Link } from '../advise/advice.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';

/** info: works, but could be simpler · warning: wastes or risks something · error: does not do what it was built for. */
export type Severity = 'info' | 'warning' | 'error';

/** What repairs it; the view words it. */
export type FixId =
  | 'stop-when-hidden'
  | 'stop-polling-once-the-stream-is-open'
  | 'keep-the-response-open'
  | 'send-heartbeats'
  | 'leave-reconnecting-to-the-browser'
  | 'back-off-exponentially'
  | 'add-jitter'
  | 'switch-off-proxy-buffering'
  | 'flush-after-each-event'
  | 'hold-until-there-is-news'
  | 'use-an-event-stream'
  | 'use-plain-requests'
  | 'let-upgrades-through'
  | 'enable-sticky-sessions'
  | 'use-http2'
  | 'share-one-connection'
  | 'share-between-tabs'
  | 'share-between-components'
  | 'watch-for-missed-heartbeats'
  | 'wait-for-the-buffer-to-drain'
  | 'send-less-or-less-often'
  | 'move-state-out-of-cookies'
  | 'narrow-the-cookie-path'
  | 'compress-responses'
  | 'send-cache-control'
  | 'send-an-etag'
  | 'poll-less-often'
  | 'send-changes-only'
  | 'leave-volatile-fields-out';

/** Something wrong, in raw numbers. */
export interface FindingOf<Check extends string, Evidence> {
  check: Check;
  severity: Severity;
  /** The channels concerned, the one at fault first. */
  channelIds: number[];
  evidence: Evidence;
  fixes: FixId[];
  links: Link[];
}

export const isPolling = ({ transport }: ChannelFacts): boolean => transport === 'polling';
export const isStream = ({ transport }: ChannelFacts): boolean =>
  transport === 'sse' || transport === 'websocket' || transport === 'http-stream';

/** How long the channel was watched, ms; at least 1. */
export const watchedMs = ({ startedAt }: ChannelFacts, { now }: SessionFacts): number => Math.max(now - startedAt, 1);

/** So many of a channel as so many an hour. */
export const anHour = (count: number, channel: ChannelFacts, session: SessionFacts): number =>
  (count * 3_600_000) / watchedMs(channel, session);

/** Channels by what they have in common, in order of appearance. */
export function groupBy(
  channels: readonly ChannelFacts[],
  keyOf: (channel: ChannelFacts) => string,
): Map<string, ChannelFacts[]> {
  const groups = new Map<string, ChannelFacts[]>();
  for (const channel of channels) {
    const key = keyOf(channel);
    groups.set(key, [...(groups.get(key) ?? []), channel]);
  }
  return groups;
}

/** Exchanges that brought nothing new. */
export const isWasted = ({ worth }: ChannelFacts['exchanges'][number]): boolean =>
  worth === 'empty' || worth === 'identical' || worth === 'volatile-only' || worth === 'held-timeout';
