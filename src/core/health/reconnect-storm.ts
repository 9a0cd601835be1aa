import { LINKS } from '../advise/links.ts';
import { median } from '../metrics/statistics.ts';
import type { ChannelFacts, SessionFacts } from '../simulate/facts.ts';
import { failedConnections } from '../simulate/failed.ts';
import type { FindingOf } from './finding.ts';

/** Fewer may end well. */
const MIN_FAILURES = 5;
/** RFC 6455 §7.2.3 asks for a random delay of up to 5 s before the first new attempt, and for growing ones after that. */
const IMPATIENT_MS = 5000;
/** Delays that grow by this from one attempt to the next back off. */
const GROWTH = 1.2;

export type ReconnectStorm = FindingOf<
  'reconnect-storm',
  { attempts: number; medianGapMs: number; forMs: number; kind: 'connections' | 'requests' }
>;

/** What fails is tried again at once, and again. */
export const reconnectStorm = (session: SessionFacts): ReconnectStorm[] =>
  session.channels.flatMap((channel) => {
    const kind = channel.connections.length > 0 ? 'connections' : 'requests';
    const streak = longestImpatience(kind === 'connections' ? connectionAttempts(channel) : requestAttempts(channel));
    if (streak.length < MIN_FAILURES) return [];
    const gaps = gapsOf(streak);
    return {
      check: 'reconnect-storm',
      severity: 'error',
      channelIds: [channel.id],
      evidence: {
        attempts: streak.length,
        medianGapMs: median(gaps)!,
        forMs: streak.at(-1)! - streak[0]!,
        kind,
      },
      fixes: ['back-off-exponentially', 'add-jitter'],
      links: [LINKS.closing],
    };
  });

interface Attempt {
  at: number;
  failed: boolean;
}

function connectionAttempts(channel: ChannelFacts): Attempt[] {
  const failed = failedConnections(channel);
  return channel.connections.map((connection) => ({ at: connection.startedAt, failed: failed.has(connection) }));
}

const requestAttempts = ({ exchanges }: ChannelFacts): Attempt[] =>
  exchanges.map(({ startedAt, worth }) => ({ at: startedAt, failed: worth === 'error' }));

/** The longest run of failures that followed one another quickly and did not slow down. */
function longestImpatience(attempts: readonly Attempt[]): number[] {
  let longest: number[] = [];
  let streak: number[] = [];
  for (const { at, failed } of attempts) {
    const gap = streak.length === 0 ? 0 : at - streak.at(-1)!;
    if (!failed || gap >= IMPATIENT_MS) streak = [];
    if (failed) streak.push(at);
    if (streak.length > longest.length && !backsOff(streak)) longest = [...streak];
  }
  return longest;
}

function backsOff(starts: readonly number[]): boolean {
  const gaps = gapsOf(starts);
  const growing = gaps.slice(1).filter((gap, i) => gap >= GROWTH * gaps[i]!).length;
  return gaps.length > 1 && growing >= (gaps.length - 1) / 2;
}

const gapsOf = (starts: readonly number[]): number[] => starts.slice(1).map((at, i) => at - starts[i]!);
