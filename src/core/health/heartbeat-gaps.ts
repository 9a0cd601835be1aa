import { LINKS } from '../advise/links.ts';
import { median, robustVariation } from '../metrics/statistics.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import { heartbeatOf } from '../simulate/rhythm.ts';
import { type FindingOf, isStream } from './finding.ts';

/** Too few to know their rhythm. */
const MIN_HEARTBEATS = 5;
/** Silence for this many gaps between heartbeats means that at least one was missed, and the next was late too. */
const MISSED_GAPS = 2.5;
/** Idle timeouts of proxies begin here; what ends sooner was ended by something else. */
const SHORTEST_TIMEOUT_MS = 20_000;
const MIN_CUTS = 2;
/** A timeout cuts after the same silence each time. */
const SAME_SILENCE = 0.1;

export type HeartbeatGaps = FindingOf<
  'heartbeat-gaps',
  | { kind: 'missed'; heartbeatMs: number; gaps: number; longestSilenceMs: number }
  | { kind: 'cut-when-idle'; cuts: number; silenceMs: number }
>;

/** A stream that falls silent although it has a heartbeat, or is cut each time it has been idle for as long. */
export const heartbeatGaps = (session: SessionFacts): HeartbeatGaps[] =>
  session.channels
    .filter(isStream)
    .flatMap((channel) => [missed(channel), cutWhenIdle(channel)].filter((finding) => finding !== null));

function missed(channel: ChannelFacts): HeartbeatGaps | null {
  const heartbeatMs = heartbeatOf(channel)?.value ?? null;
  const received = channel.messages.filter(({ direction }) => direction === 'received');
  const beats = received.filter(({ role }) => role === 'heartbeat').length;
  if (heartbeatMs === null || beats < MIN_HEARTBEATS) return null;
  // Any message proves that the connection lives; servers save the heartbeat when there was one.
  const silences = received.slice(1).flatMap(({ at, connectionId }, i) => {
    const before = received[i]!;
    return connectionId === before.connectionId && at - before.at > MISSED_GAPS * heartbeatMs ? [at - before.at] : [];
  });
  if (silences.length === 0) return null;
  return finding(channel, 'warning', {
    kind: 'missed',
    heartbeatMs,
    gaps: silences.length,
    longestSilenceMs: silences.reduce((a, b) => Math.max(a, b)),
  });
}

function cutWhenIdle(channel: ChannelFacts): HeartbeatGaps | null {
  const lastHeard = new Map(channel.messages.map(({ connectionId, at }) => [connectionId, at]));
  const silences = channel.connections.flatMap(({ id, openedAt, closedAt, wasClean }) => {
    if (openedAt === null || closedAt === null || wasClean === true) return [];
    const silenceMs = closedAt - Math.max(lastHeard.get(id) ?? openedAt, openedAt);
    return silenceMs >= SHORTEST_TIMEOUT_MS ? [silenceMs] : [];
  });
  const variation = robustVariation(silences);
  if (silences.length < MIN_CUTS || variation === null || variation > SAME_SILENCE) return null;
  return finding(channel, 'warning', { kind: 'cut-when-idle', cuts: silences.length, silenceMs: median(silences)! });
}

const finding = (
  { id, transport }: ChannelFacts,
  severity: HeartbeatGaps['severity'],
  evidence: HeartbeatGaps['evidence'],
): HeartbeatGaps => ({
  check: 'heartbeat-gaps',
  severity,
  channelIds: [id],
  evidence,
  fixes: evidence.kind === 'missed' ? ['watch-for-missed-heartbeats'] : ['send-heartbeats'],
  links: [transport === 'websocket' ? LINKS.pingPong : LINKS.eventStream],
});
