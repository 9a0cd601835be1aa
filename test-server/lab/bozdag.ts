import { nowMs } from '../clock.ts';
import { createPoller, until } from './clients.ts';
import type { Experiment, Row } from './experiment.ts';

const EVENTS = 16;
const EVENT_PERIOD_MS = 500;
/**
 * Events and polls keep one clock of quarters: events come on whole periods, polls a quarter later. A timer that is late
 * delays all alike, and nothing changes places.
 */
const QUARTER_MS = EVENT_PERIOD_MS / 4;

/** Polls come at `firstQuarter`, when there is a whole period's news, and every `quarters` from then on. */
const CASES = [
  { firstQuarter: 1, quarters: 2, name: 'E/2', waste: 0.5, loss: 0 },
  { firstQuarter: 1, quarters: 4, name: 'E', waste: 0, loss: 0 },
  { firstQuarter: 5, quarters: 8, name: '2E', waste: 0, loss: 0.5 },
] as const;

/** Bozdag, Mesbah, van Deursen 2007: with regular news, pull fits only at the publisher's own period. */
export const bozdag: Experiment = async (server) => {
  const cases = CASES.map((each) => {
    const run = server.createRun({ kind: 'idle' });
    return { ...each, run, poller: createPoller(`${server.url}/poll?run=${run}&mode=snapshot`) };
  });
  const startedAt = nowMs();
  for (let quarter = 0; quarter < 4 * EVENTS; quarter += 1) {
    await until(startedAt + quarter * QUARTER_MS);
    if (quarter % 4 === 0) server.publish('state');
    const isDue = ({ firstQuarter, quarters }: (typeof cases)[number]) =>
      quarter >= firstQuarter && (quarter - firstQuarter) % quarters === 0;
    await Promise.all(cases.filter(isDue).map(({ poller }) => poller.poll()));
  }
  return cases.flatMap(({ run, poller, name, waste, loss }): Row[] => {
    const { useful, wasted } = server.truth(run).techniques.polling;
    const { seen, coalesced } = poller.counts;
    const row = (what: Row['what'], published: number, measured: number): Row => ({
      what,
      published: String(published),
      expected: published,
      tolerance: 0.03,
      measured,
    });
    return [
      row(
        { en: `Poll every ${name}: share in vain`, ko: `${name}마다 폴링: 헛된 비율` },
        waste,
        wasted / (useful + wasted),
      ),
      row(
        { en: `Poll every ${name}: states missed`, ko: `${name}마다 폴링: 놓친 상태` },
        loss,
        coalesced / (seen + coalesced),
      ),
    ];
  });
};
