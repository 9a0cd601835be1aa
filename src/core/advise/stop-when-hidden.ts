import { estimateOf, meanLatencyMs } from '../simulate/ensemble.ts';
import { exactly } from '../simulate/estimate.ts';
import type { ExchangeFacts } from '../simulate/facts.ts';
import type { HeadSizes } from '../simulate/world.ts';
import type { AdviceOf } from './advice.ts';
import { type AdviceCase, anHour, pollingCase } from './case.ts';
import { LINKS } from './links.ts';

/** Fewer may be the browser's own last tick before it throttles timers. */
const MIN_POLLS = 3;
/** Below this share the page is hardly ever hidden. */
const MIN_SHARE = 0.05;

export type StopWhenHidden = AdviceOf<
  'stop-when-hidden',
  { hiddenPolls: number; of: number; hiddenMs: number; usefulHiddenPolls: number }
>;

/** Nobody looks at a hidden page: it can wait, and ask once when it is shown. Counted, not simulated. */
export function stopWhenHidden(given: AdviceCase): StopWhenHidden | null {
  const polling = pollingCase(given);
  if (polling === null) return null;
  const { channel, session, whatIf, weights } = given;
  const hidden = channel.exchanges.filter((exchange) => exchange.hidden === true);
  if (hidden.length < MIN_POLLS || hidden.length < MIN_SHARE * channel.exchanges.length) return null;
  const spans = session.documents.find(({ key }) => key === channel.documentKey)?.hidden ?? [];
  const within = spans.filter(({ to }) => to > whatIf.inferred.from);
  // One poll when the page is shown again brings what it missed.
  const spared = Math.max(hidden.length - Math.max(within.length, 1), 0);
  const bytes =
    (hidden.reduce((sum, exchange) => sum + wireBytes(exchange, whatIf.world.heads), 0) * spared) / hidden.length;
  const staleness = estimateOf(given.now, meanLatencyMs);
  return {
    rule: 'stop-when-hidden',
    channelId: channel.id,
    transport: null,
    choice: null,
    evidence: {
      hiddenPolls: hidden.length,
      of: channel.exchanges.length,
      hiddenMs: within.reduce((sum, { from, to }) => sum + to - Math.max(from, whatIf.inferred.from), 0),
      usefulHiddenPolls: hidden.filter(({ worth }) => worth === 'useful').length,
    },
    saving: {
      requestsPerHour: exactly(anHour(spared, given)),
      bytesPerHour: exactly(anHour(bytes, given)),
      stalenessMs: { from: staleness, to: staleness },
      pointsPerHour: exactly(anHour(spared * weights.request + bytes * weights.byte, given)),
    },
    effort: 'low',
    wouldChangeIf: [],
    caveats: [],
    links: [LINKS.pageVisibility],
  };
}

/** Heads that nobody reported are as large as the channel's others. */
const wireBytes = ({ network, payloadBytes }: ExchangeFacts, { poll }: HeadSizes): number =>
  (network?.requestHeaderBytes ?? poll.requestBytes) +
  (network?.responseHeaderBytes ?? poll.responseBytes) +
  (network?.bodyWireBytes ?? payloadBytes ?? 0);
