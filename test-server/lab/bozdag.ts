import type { TestServer } from '../server.ts';
import { pollOnTime, until } from './clients.ts';
import type { Experiment, Row } from './experiment.ts';

const EVENT_PERIOD_MS = 500;
const SECONDS = 8;
/** Polls keep this far from the events, so that a late timer does not change sides. */
const PHASE_MS = EVENT_PERIOD_MS / 4;

const CASES = [
  { factor: 0.5, name: 'E/2', waste: 0.5, loss: 0 },
  { factor: 1, name: 'E', waste: 0, loss: 0 },
  { factor: 2, name: '2E', waste: 0, loss: 0.5 },
] as const;

async function pollAt(server: TestServer, { factor, name, waste, loss }: (typeof CASES)[number]): Promise<Row[]> {
  const scenario = { kind: 'regular', rate: 1000 / EVENT_PERIOD_MS, seconds: SECONDS };
  const run = server.createRun(scenario);
  const { startedAt } = server.truth(run);
  const endAt = startedAt! + SECONDS * 1000;
  const periodMs = factor * EVENT_PERIOD_MS;
  const url = `${server.url}/poll?run=${run}&mode=snapshot`;
  // The first poll meets the first state that all polls at this period would meet.
  const firstAt = startedAt! + Math.max(EVENT_PERIOD_MS, periodMs) + PHASE_MS;
  let polls = 0;
  const { seen, coalesced } = await pollOnTime(url, firstAt, periodMs, () => {
    polls += 1;
    return firstAt + (polls - 1) * periodMs < endAt;
  });
  await until(endAt);
  const { useful, wasted } = server.truth(run).techniques.polling;
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
}

/** Bozdag, Mesbah, van Deursen 2007: with regular news, pull fits only at the publisher's own period. */
export const bozdag: Experiment = async (server) =>
  (await Promise.all(CASES.map((each) => pollAt(server, each)))).flat();
