import { median, robustVariation } from '../metrics/statistics.ts';
import { estimateOf, meanLatencyMs } from '../simulate/ensemble.ts';
import { exactly } from '../simulate/estimate.ts';
import type { ChannelFacts } from '../simulate/facts.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, pollingCase } from './case.ts';
import { LINKS } from './links.ts';

/** Requests this close to a round moment of the wall clock were meant for it. */
const ON_THE_DOT_MS = 50;
/** Shorter periods come that close by chance more often than one time in fifty. */
const MIN_PERIOD_MS = 5000;
const MIN_POLLS = 5;
const ALIGNED_SHARE = 0.9;
/** Delays that vary by less are one number in the page's code. */
const FIXED = 0.05;
const MIN_RETRIES = 3;

export type Jitter = AdviceOf<
  'jitter',
  | { kind: 'on-the-dot'; periodMs: number; medianOffMs: number; of: number }
  | { kind: 'fixed-retry'; delayMs: number; variation: number; of: number }
>;

/** Every open page does the same at the same moment: a random share of the period spreads the load. It saves peaks, not sums. */
export function jitter(given: AdviceCase): Jitter | null {
  const evidence = onTheDot(given) ?? fixedRetry(given.channel);
  if (evidence === null) return null;
  const staleness = estimateOf(given.now, meanLatencyMs);
  const none = exactly(0);
  return {
    rule: 'jitter',
    channelId: given.channel.id,
    transport: null,
    choice: null,
    evidence,
    saving: {
      requestsPerHour: none,
      bytesPerHour: none,
      stalenessMs: { from: staleness, to: staleness },
      pointsPerHour: none,
    },
    effort: 'low',
    wouldChangeIf: [],
    caveats: [],
    links: evidence.kind === 'fixed-retry' ? [LINKS.closing] : [],
  };
}

/** Polls at each full multiple of their period on the wall clock, as every other page's are. */
function onTheDot(given: AdviceCase): Jitter['evidence'] | null {
  const polling = pollingCase(given);
  if (polling === null) return null;
  // A tick that keeps to the wall clock is a whole number of seconds long, whatever single gaps measured.
  const periodMs = Math.round(polling.present.periodMs / 1000) * 1000;
  const { exchanges } = given.channel;
  if (periodMs < MIN_PERIOD_MS || exchanges.length < MIN_POLLS) return null;
  const off = exchanges.map(({ startedAt }) => {
    const after = startedAt % periodMs;
    return Math.min(after, periodMs - after);
  });
  const aligned = off.filter((ms) => ms <= ON_THE_DOT_MS).length;
  if (aligned < ALIGNED_SHARE * off.length) return null;
  return { kind: 'on-the-dot', periodMs, medianOffMs: median(off)!, of: off.length };
}

/** A socket that is opened again after the same delay each time: after a restart of the server all pages come at once. */
function fixedRetry({ transport, connections }: ChannelFacts): Jitter['evidence'] | null {
  if (transport !== 'websocket') return null;
  const delays = connections.slice(1).flatMap(({ startedAt }, i) => {
    const lostAt = connections[i]!.closedAt;
    return lostAt === null || startedAt < lostAt ? [] : [startedAt - lostAt];
  });
  const variation = robustVariation(delays);
  if (delays.length < MIN_RETRIES || variation === null || variation > FIXED) return null;
  return { kind: 'fixed-retry', delayMs: median(delays)!, variation, of: delays.length };
}
