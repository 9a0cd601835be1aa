import { estimateOf, perHour } from '../simulate/ensemble.ts';
import type { Change } from './advice.ts';
import { type AdviceCase, MIN_GAIN, MIN_POINTS_PER_HOUR, TIE } from './case.ts';
import type { Option } from './compare.ts';
import { pollingLadder } from './ladder.ts';

/** The shortest period at which polling would be as good as `option`; none on the ladder: no such change. */
export function periodThatSuffices(given: AdviceCase, option: Option): Change[] {
  const { present } = given;
  if (present.transport !== 'polling') return [];
  const enough = pollingLadder(given, present).find(
    ({ pointsPerHour, choice }) =>
      choice.periodMs > present.periodMs && pointsPerHour * (1 - MIN_GAIN) <= option.pointsPerHour,
  );
  return enough === undefined ? [] : [{ id: 'period-above-ms', value: enough.choice.periodMs }];
}

/** How often the page must say something for a WebSocket to be clearly cheaper than an event stream. */
export function sendsForWebSocket(given: AdviceCase, sse: Option): Change {
  const { heads } = given.whatIf.world;
  const { request, byte } = given.weights;
  const pointsPerSend = request + byte * (heads.send.requestBytes + heads.send.responseBytes);
  // Sends cost the same over SSE as over anything but a WebSocket, on which they are next to free.
  const spare = Math.max(sse.pointsPerHour - sendPointsPerHour(given, pointsPerSend), 0);
  const decisive = Math.max((TIE * spare) / (1 - TIE), MIN_POINTS_PER_HOUR);
  return { id: 'sends-per-minute-above', value: decisive / (pointsPerSend * 60) };
}

const sendPointsPerHour = ({ whatIf }: AdviceCase, pointsPerSend: number): number =>
  (whatIf.world.sends.length * pointsPerSend * 3_600_000) / whatIf.horizonMs;

/**
 * Polling at period P costs R + λsP/2 an hour, R for its requests. At k times the rate that fits P that is R(1 + k), and the best
 * period then costs 2R√k: a share MIN_GAIN less where √k = (1 − MIN_GAIN)(1 + k)/2, and 30 points less where R(√k − 1)² = 30.
 */
const TURNING = (1 + Math.sqrt(1 - (1 - MIN_GAIN) ** 2)) / (1 - MIN_GAIN);

/** The rate of events from which another period, or being told at once, is clearly better than polling at this one. */
export function rateThatEnds(given: AdviceCase, periodMs: number, push: Option): number {
  const { weights, now, whatIf } = given;
  const polls = estimateOf(
    now,
    perHour(({ requests }) => requests, now.horizonMs),
  )!.value;
  const { poll } = whatIf.world.heads;
  const requestPoints = polls * (weights.request + weights.byte * (poll.requestBytes + poll.responseBytes));
  const pointsPerEvent = (weights.staleSecond * periodMs) / 2000;
  const tooDear = Math.max(push.pointsPerHour / (1 - MIN_GAIN), push.pointsPerHour + MIN_POINTS_PER_HOUR);
  const byPush = (tooDear - requestPoints) / pointsPerEvent / 60;
  const rootK = Math.max(TURNING, 1 + Math.sqrt(MIN_POINTS_PER_HOUR / requestPoints));
  const byPeriod = rootK ** 2 * rateThatFits(given, periodMs);
  return byPush > 0 ? Math.min(byPush, byPeriod) : byPeriod;
}

/**
 * The rate of events at which a period is the best under the weights: where one more request costs what its share of the
 * delays does, λ = 2·request / (staleSecond · period²).
 */
export function rateThatFits({ weights, whatIf }: AdviceCase, periodMs: number): number {
  const { poll } = whatIf.world.heads;
  const pointsPerPoll = weights.request + weights.byte * (poll.requestBytes + poll.responseBytes);
  const perSecond = (2 * pointsPerPoll) / (weights.staleSecond * (periodMs / 1000) ** 2);
  return perSecond * 60;
}
