import { fitTimer } from '../classify/timer.ts';
import { median } from '../metrics/statistics.ts';
import type { ChannelFacts, ExchangeFacts } from './facts.ts';
import type { Choice, PollingChoice } from './world.ts';

/** A gap this much longer than usual is a tab asleep or a request lost, not the period. */
const OUTLIER_GAP = 2;
/** Long polls whose hold never ran out are held this long by most servers, under the 30 s that proxies allow (RFC 6202 §5.5). */
export const USUAL_HOLD_MS = 25_000;

/** How a channel gets its news today, in the simulator's words; null where it is none of those. */
export function presentOf(channel: ChannelFacts): Choice | null {
  switch (channel.transport) {
    case 'polling':
      return presentPolling(channel);
    case 'long-polling':
      return { transport: 'long-polling', timeoutMs: holdOf(channel) };
    case 'sse':
    case 'http-stream':
      return { transport: 'sse' };
    case 'websocket':
      return { transport: 'websocket', deflate: isDeflated(channel) };
    default:
      return null;
  }
}

const isDeflated = ({ connections }: ChannelFacts): boolean =>
  connections.some(({ extensions }) => extensions.includes('permessage-deflate'));

function presentPolling(channel: ChannelFacts): PollingChoice | null {
  const { exchanges } = channel;
  const { startToStart, endToStart } = visibleGaps(exchanges);
  const fit = fitTimer(startToStart, endToStart);
  const isTimeout = fit?.basis === 'end-to-start';
  const periodMs = usualMean(isTimeout ? endToStart : startToStart);
  if (periodMs === null || periodMs <= 0) return null;
  return {
    transport: 'polling',
    periodMs,
    timer: isTimeout ? 'timeout' : 'interval',
    conditional: exchanges.some(({ status, network }) => status === 304 || network?.conditional === true),
    mode: pollModeOf(channel),
    phaseMs: null,
  };
}

/** Gaps between neighbours while the page was visible: hidden pages run their timers once a second, later once a minute. */
function visibleGaps(exchanges: readonly ExchangeFacts[]): { startToStart: number[]; endToStart: number[] } {
  const startToStart: number[] = [];
  const endToStart: number[] = [];
  for (let i = 1; i < exchanges.length; i++) {
    const [before, exchange] = [exchanges[i - 1]!, exchanges[i]!];
    if (before.hidden === true || exchange.hidden === true || before.endedAt === null) continue;
    startToStart.push(exchange.startedAt - before.startedAt);
    endToStart.push(exchange.startedAt - before.endedAt);
  }
  return { startToStart, endToStart };
}

/** The mean makes the number of requests right; outliers are left out. */
function usualMean(gaps: readonly number[]): number | null {
  const usual = median(gaps);
  if (usual === null) return null;
  const kept = gaps.filter((gap) => gap <= OUTLIER_GAP * usual);
  return kept.reduce((sum, gap) => sum + gap, 0) / kept.length;
}

/**
 * Whether responses bring all that happened or the state as it is. A response that lists several events brings all; one that
 * is empty when nothing happened does too; one that repeats itself is a state.
 */
export function pollModeOf({ exchanges }: ChannelFacts): PollingChoice['mode'] {
  const count = (is: (exchange: ExchangeFacts) => boolean) => exchanges.filter(is).length;
  if (count(({ worth, items }) => worth === 'useful' && (items?.length ?? 0) > 1) > 0) return 'log';
  const empty = count(({ worth, status }) => worth === 'empty' && status !== 304);
  const repeated = count(({ worth, status }) => worth === 'identical' || worth === 'volatile-only' || status === 304);
  return repeated > empty ? 'snapshot' : 'log';
}

function holdOf({ exchanges }: ChannelFacts): number {
  const expired = exchanges.filter(({ worth }) => worth === 'held-timeout' || worth === 'empty');
  const waits = (of: readonly ExchangeFacts[]) => of.flatMap(({ waitMs }) => waitMs ?? []);
  return median(waits(expired)) ?? Math.max(USUAL_HOLD_MS, ...waits(exchanges));
}
