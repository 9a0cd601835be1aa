import { longPollUntil, mean, median } from './clients.ts';
import type { Experiment } from './experiment.ts';

const TRANSIT_MS = 50;
/** News on its own, and twice (at 1803 and 3203) just after an answer left. */
const TIMES_MS = [600, 1200, 1800, 1803, 2600, 3200, 3203, 4000];
const FOLLOWERS = [4, 7];
/** A follower waits for the answer to arrive and the next question to come, less what it came after the answer. */
const FOLLOWER_MS = 3 * TRANSIT_MS - 3;
/** Half a transit tells one from two, and leaves room for timers and a busy machine. */
const TOLERANCE_MS = TRANSIT_MS / 2;

/** RFC 6202 §2.2: "average latency … close to one network transit; maximal … three network transits". */
export const rfc6202: Experiment = async (server) => {
  const delays = { delayUp: TRANSIT_MS, delayDown: TRANSIT_MS };
  const run = server.createRun({ kind: 'recorded', times: TIMES_MS.join(), startWhen: 'long-polling', ...delays });
  const arrivals = await longPollUntil(`${server.url}/long-poll?run=${run}&timeout=20000`, TIMES_MS.length);
  const delaysOf = (isFollower: boolean) =>
    arrivals.filter(({ seq }) => FOLLOWERS.includes(seq) === isFollower).map(({ delayMs }) => delayMs);
  return [
    {
      what: { en: 'News on its own, ms', ko: '따로 생긴 소식, ms' },
      published: '≈ 1 × 50',
      expected: TRANSIT_MS,
      tolerance: TOLERANCE_MS,
      measured: median(delaysOf(false)),
    },
    {
      what: { en: 'News just after an answer, ms', ko: '응답 직후에 생긴 소식, ms' },
      published: '≤ 3 × 50',
      expected: FOLLOWER_MS,
      tolerance: TOLERANCE_MS,
      measured: Math.min(...delaysOf(true)),
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
  const delays = { delayUp: TRANSIT_MS, delayDown: TRANSIT_MS };
  const run = server.createRun({ kind: 'poisson', ...LONG, startWhen: 'long-polling', ...delays });
  const count = Math.floor(LONG.rate * LONG.seconds * 0.7);
  const arrivals = await longPollUntil(`${server.url}/long-poll?run=${run}&timeout=20000`, count);
  return [
    {
      what: { en: `Mean of ${count} random news, ms`, ko: `불규칙한 소식 ${count}개의 평균, ms` },
      published: '≈ 50',
      expected: TRANSIT_MS + ROUND_TRIP_MS ** 2 / (2 * (ROUND_TRIP_MS + 1000 / LONG.rate)),
      tolerance: TOLERANCE_MS,
      measured: mean(arrivals.map(({ delayMs }) => delayMs)),
    },
  ];
};
