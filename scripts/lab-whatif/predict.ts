import { type Tally, tallyOf } from '../../src/core/advise/weights.ts';
import { bytesOf, type Ensemble, estimateOf, meanLatencyMs, requestsOf } from '../../src/core/simulate/ensemble.ts';
import type { ChannelFacts, SessionFacts } from '../../src/core/simulate/facts.ts';
import { prepareWhatIf } from '../../src/core/simulate/what-if.ts';
import type { Choice, Played } from '../../src/core/simulate/world.ts';
import { type Raced, TECHNIQUES } from '../demo/race.ts';
import type { Cost } from './measure.ts';
import type { LabScenario } from './scenarios.ts';

/** What the page would choose: the settings of the scenario, and when it begins to poll, which no other channel can tell. */
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
  const polling = session.channels.find(({ transport }) => transport === 'polling');
  const phaseMs = Math.max((polling?.exchanges[0]?.startedAt ?? 0) - whatIf.inferred.from, 0);
  const costs = TECHNIQUES.map(
    (technique) => [technique, costOf(whatIf.play(choiceOf(technique, scenario, phaseMs)))] as const,
  );
  return Object.fromEntries(costs) as Record<Raced, Cost>;
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
