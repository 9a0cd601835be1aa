import { HttpError } from './http/errors.ts';
import { choiceParam, numberParam } from './http/params.ts';
import { createRandom, exponentialGapMs } from './random.ts';
import { DELIVERING, type Delivering } from './techniques.ts';

export const SCENARIO_KINDS = ['poisson', 'regular', 'burst', 'idle', 'chat', 'recorded'] as const;
export type ScenarioKind = (typeof SCENARIO_KINDS)[number];

/** The traffic one run plays. The same scenario always gives the same event times and payloads. */
export interface Scenario {
  kind: ScenarioKind;
  seed: number;
  ratePerSecond: number;
  /** Length of the `data` filler of each event, in bytes. */
  payloadBytes: number;
  /** No event is emitted after this time from the start; null means no end. */
  durationMs: number | null;
  /** `recorded` only: event times in ms from the start, ascending. */
  timesMs: number[];
  /** The schedule starts once each of these has a client; empty means at once. */
  startWhen: Delivering[];
  /** How many past events can be replayed. */
  historySize: number;
}

export const MAX_PAYLOAD_BYTES = 1024 * 1024;
const MAX_RECORDED_TIMES = 10_000;
const MAX_TIME_MS = 86_400_000;
const BURST_EVENTS = 5;
const BURST_GAP_MS = 8;

/**
 * Reads a scenario from query parameters `kind seed rate payload seconds times startWhen history`; all have defaults.
 * @throws HttpError 400 naming the parameter at fault.
 */
export function scenarioFromParams(params: URLSearchParams): Scenario {
  const kind = choiceParam(params, 'kind', SCENARIO_KINDS);
  const seconds = numberParam(params, 'seconds', { default: 0, min: 0, max: 86_400 });
  return {
    kind,
    seed: numberParam(params, 'seed', { default: 1, min: 0, max: 2 ** 32 - 1, integer: true }),
    ratePerSecond: numberParam(params, 'rate', { default: 1, min: 0.001, max: 1000 }),
    payloadBytes: numberParam(params, 'payload', { default: 100, min: 8, max: MAX_PAYLOAD_BYTES, integer: true }),
    durationMs: seconds === 0 ? null : seconds * 1000,
    timesMs: kind === 'recorded' ? timesParam(params) : [],
    startWhen: startWhenParam(params),
    historySize: numberParam(params, 'history', { default: 1000, min: 1, max: 10_000, integer: true }),
  };
}

function timesParam(params: URLSearchParams): number[] {
  const times = (params.get('times') ?? '').split(',').map((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : -1));
  const ascending = times.every((time, index) => time >= (times[index - 1] ?? 0) && time <= MAX_TIME_MS);
  if (!ascending || times.length > MAX_RECORDED_TIMES) {
    throw new HttpError(
      400,
      `"times" must be up to ${MAX_RECORDED_TIMES} ascending ms within a day, joined by commas`,
      'times',
    );
  }
  return times;
}

function startWhenParam(params: URLSearchParams): Delivering[] {
  const words = (params.get('startWhen') ?? '').split(',').filter(Boolean);
  return words.map((word) => {
    const technique = DELIVERING.find((candidate) => candidate === word);
    if (!technique) throw new HttpError(400, `"startWhen" may name ${DELIVERING.join(', ')}`, 'startWhen');
    return technique;
  });
}

/** The times of the scenario's events in ms from its start, ascending, up to `durationMs`. Endless when that is null. */
export function* eventTimes(scenario: Scenario): Generator<number> {
  for (const time of endlessTimes(scenario)) {
    if (scenario.durationMs !== null && time > scenario.durationMs) return;
    yield time;
  }
}

function* endlessTimes({ kind, seed, ratePerSecond, timesMs }: Scenario): Generator<number> {
  const random = createRandom(seed);
  const ratePerMs = ratePerSecond / 1000;
  let time = 0;
  switch (kind) {
    case 'idle':
      return;
    case 'recorded':
      yield* timesMs;
      return;
    case 'regular':
      for (let count = 1; ; count += 1) yield count / ratePerMs;
    case 'poisson':
    case 'chat':
      for (;;) {
        time += exponentialGapMs(random, ratePerMs);
        yield time;
      }
    case 'burst':
      for (;;) {
        time += exponentialGapMs(random, ratePerMs / BURST_EVENTS);
        for (let index = 0; index < BURST_EVENTS; index += 1) yield time + index * BURST_GAP_MS;
        time += BURST_EVENTS * BURST_GAP_MS;
      }
  }
}

/** `chat` only: when the person on the page speaks, in ms from the start. A sequence of its own, as seeded as the events. */
export function* sendTimes(scenario: Scenario): Generator<number> {
  if (scenario.kind === 'chat') yield* eventTimes({ ...scenario, seed: scenario.seed ^ 0x5eed_cafe });
}

const FILLER = 'The quick brown fox jumps over the lazy dog, and the server tells everyone about it. ';

/** ASCII text of exactly `bytes` bytes that differs from event to event. */
export function payloadText(seq: number, bytes: number): string {
  const head = `#${seq} `.slice(0, bytes);
  return head + FILLER.repeat(Math.ceil(bytes / FILLER.length)).slice(0, bytes - head.length);
}
