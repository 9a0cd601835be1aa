import { setTimeout as pause } from 'node:timers/promises';
import { nowMs } from '../clock.ts';
import { longPollUntil, mean, median } from './clients.ts';
import type { Experiment } from './experiment.ts';

const TRANSIT_MS = 50;
const DELAYS = { delayUp: TRANSIT_MS, delayDown: TRANSIT_MS };
/** Each time, news comes on its own, and once more just after its answer has left, when nobody asks. */
const TIMES = 7;
const JUST_AFTER_MS = 3;
/** Longer than the four transits until the client asks again. */
const REST_MS = 6 * TRANSIT_MS;

/**
 * How long one, two and three transits take now, in ms: they are played by timers, which a busy machine makes late, and
 * these by the same number of timers at the same time.
 */
async function measureTransits(): Promise<[one: number, two: number, three: number]> {
  const startedAt = nowMs();
  const elapsedMs = async (): Promise<number> => {
    await pause(TRANSIT_MS);
    return nowMs() - startedAt;
  };
  return [await elapsedMs(), await elapsedMs(), await elapsedMs()];
}

/** RFC 6202 §2.2: "average latency … close to one network transit; maximal … three network transits". */
export const rfc6202: Experiment = async (server) => {
  const run = server.createRun({ kind: 'idle', startWhen: 'long-polling', ...DELAYS });
  const polling = longPollUntil(`${server.url}/long-poll?run=${run}&timeout=20000`, 2 * TIMES);
  while (server.truth(run).startedAt === null) await pause(1);
  const transits: Awaited<ReturnType<typeof measureTransits>>[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const measuring = measureTransits();
    server.publish('on its own');
    await pause(JUST_AFTER_MS);
    server.publish('just after an answer');
    transits.push(await measuring);
    await pause(REST_MS);
  }
  const arrivals = await polling;
  const lone = transits.map(([oneMs], time) => arrivals[2 * time]!.delayMs / oneMs);
  const following = transits.map(([, , threeMs], time) => {
    const answerLeftAt = arrivals[2 * time]!.at;
    return (3 * (arrivals[2 * time + 1]!.arrivedAt - answerLeftAt)) / threeMs;
  });
  return [
    {
      what: { en: 'News on its own, transits', ko: '따로 생긴 소식, 편도 횟수' },
      published: '≈ 1',
      expected: 1,
      tolerance: 0.1,
      measured: median(lone),
    },
    {
      what: {
        en: 'From an answer to the news just after it, transits',
        ko: '응답부터 직후에 생긴 소식까지, 편도 횟수',
      },
      published: '≤ 3',
      expected: 3,
      tolerance: 0.25,
      measured: median(following),
    },
  ];
};

const LONG = { rate: 0.5, seconds: 120, seed: 6202 };
const ROUND_TRIP_MS = 2 * TRANSIT_MS;

/**
 * The mean over random news, which takes minutes. Between two answers there is a round trip in which nobody asks; news
 * that falls into it waits half of it on average: mean = d + β²/(2C), C = β + 1/λ.
 */
export const rfc6202Mean: Experiment = async (server) => {
  const run = server.createRun({ kind: 'poisson', ...LONG, startWhen: 'long-polling', ...DELAYS });
  const count = Math.floor(LONG.rate * LONG.seconds * 0.7);
  const arrivals = await longPollUntil(`${server.url}/long-poll?run=${run}&timeout=20000`, count);
  return [
    {
      what: { en: `Mean of ${count} random news, ms`, ko: `불규칙한 소식 ${count}개의 평균, ms` },
      published: '≈ 50',
      expected: TRANSIT_MS + ROUND_TRIP_MS ** 2 / (2 * (ROUND_TRIP_MS + 1000 / LONG.rate)),
      tolerance: 5,
      measured: mean(arrivals.map(({ delayMs }) => delayMs)),
    },
  ];
};
