import { type Tally, tallyOf } from '../../src/core/advise/weights.ts';
import { median } from '../../src/core/metrics/statistics.ts';
import { bytesOf, type Ensemble, estimateOf, meanLatencyMs, requestsOf } from '../../src/core/simulate/ensemble.ts';
import type { ChannelFacts, SessionFacts } from '../../src/core/simulate/facts.ts';
import { prepareWhatIf } from '../../src/core/simulate/what-if.ts';
import type { Choice, Played } from '../../src/core/simulate/world.ts';
import { techniqueOfPath } from '../../test-server/techniques.ts';
import { type Raced, TECHNIQUES } from '../demo/race.ts';
import type { Cost } from './measure.ts';
import type { LabScenario } from './scenarios.ts';

/** What the page would choose: the settings of the scenario, and when its timer strikes, which no other channel can tell. */
const choiceOf = (technique: Raced, { pollMs, holdMs, snapshot }: LabScenario, phaseMs: number): Choice => {
  switch (technique) {
    case 'polling':
      return {
        transport: 'polling',
        periodMs: pollMs,
        timer: 'interval',
        conditional: false,
        mode: snapshot ? 'snapshot' : 'log',
        phaseMs,
      };
    case 'long-polling':
      return { transport: 'long-polling', timeoutMs: holdMs };
    case 'sse':
      return { transport: 'sse' };
    case 'websocket':
      return { transport: 'websocket', deflate: false };
  }
};

/** What each transport would cost, as one channel alone lets predict; null when it cannot. */
export function predict(
  channel: ChannelFacts,
  session: SessionFacts,
  scenario: LabScenario,
): Record<Raced, Cost> | null {
  const whatIf = prepareWhatIf(channel, { ...session, channels: [channel] });
  if (whatIf === null) return null;
  const phaseMs = Math.max(timerStartedAt(session, scenario) - whatIf.inferred.from, 0);
  const costs = TECHNIQUES.map(
    (technique) => [technique, costOf(whatIf.play(choiceOf(technique, scenario, phaseMs)))] as const,
  );
  return Object.fromEntries(costs) as Record<Raced, Cost>;
}

/** The channel of what the clients did over a transport, whether or not it was recognised as that. */
export const channelOf = (technique: Raced, channels: readonly ChannelFacts[]): ChannelFacts | undefined =>
  channels.find(({ url }) => techniqueOfPath(new URL(url).pathname) === technique);

/** When the first poll was due, as most of the polls have it: the first itself is called before the timer is set. */
function timerStartedAt({ channels }: SessionFacts, { pollMs }: LabScenario): number {
  const polls = channelOf('polling', channels)?.exchanges ?? [];
  return median(polls.map(({ startedAt }, i) => startedAt - i * pollMs)) ?? 0;
}

function costOf(ensemble: Ensemble): Cost {
  const value = (figure: (played: Played) => number | null) => estimateOf(ensemble, figure)?.value ?? Number.NaN;
  const { horizonMs } = ensemble;
  const tallied = (key: keyof Tally) => value((played) => tallyOf(played, horizonMs)[key]);
  return {
    requests: value(requestsOf),
    bytes: value(bytesOf),
    meanLatencyMs: value(meanLatencyMs),
    coalesced: value(({ coalesced }) => coalesced),
    lost: value(({ lost }) => lost),
    tally: {
      requests: tallied('requests'),
      bytes: tallied('bytes'),
      staleMs: tallied('staleMs'),
      connectionHours: tallied('connectionHours'),
      lost: tallied('lost'),
    },
  };
}
