import { TECHNIQUES } from '../demo/race.ts';
import { type Figure, judgeAdvice, missesOf } from './judge.ts';
import { type Cost, measure } from './measure.ts';
import type { PlayedLab } from './play.ts';
import { channelOf, predict } from './predict.ts';
import type { LabScenario } from './scenarios.ts';
import { timesWithin } from './times.ts';

const MIN_WITHIN = 0.95;
const FIGURES: readonly [Figure, string][] = [
  ['requests', 'requests'],
  ['bytes', 'bytes'],
  ['meanLatencyMs', 'ms'],
  ['coalesced', 'coalesced'],
  ['lost', 'lost'],
];

/** Everything that one scenario shows, a line a prediction, and whether all of it was met. */
export function report(scenario: LabScenario, { facts, truth, record }: PlayedLab): { ok: boolean; text: string } {
  const measured = Object.fromEntries(TECHNIQUES.map((name) => [name, measure(truth, record, name)])) as Record<
    (typeof TECHNIQUES)[number],
    Cost
  >;
  const lines = [`${scenario.name}: ${truth.events.length} events`];
  let ok = true;
  const add = (isMet: boolean, line: string) => {
    ok &&= isMet;
    lines.push(`  ${isMet ? ' ' : '✗'} ${line}`);
  };
  for (const captured of scenario.capture) {
    const channel = channelOf(captured, facts.channels);
    const predicted = channel?.transport !== captured ? null : predict(channel, facts, scenario);
    if (channel === undefined || predicted === null) {
      add(false, `${captured}: not recognised`);
      continue;
    }
    for (const other of TECHNIQUES.filter((name) => name !== captured)) {
      const misses = missesOf(predicted[other], measured[other]);
      const figures = FIGURES.map(([figure, word]) => {
        const pair = `${round(predicted[other][figure])}/${round(measured[other][figure])} ${word}`;
        return misses.includes(figure) ? `${pair} ✗` : pair;
      });
      add(misses.length === 0, `${`${captured} → ${other}`.padEnd(28)} ${figures.join('  ')}`);
    }
    const { advised, best, isRight } = judgeAdvice(predicted, measured, scenario.seconds);
    add(isRight, `${captured} advises ${advised}; in truth cheapest: ${best}`);
    if (captured !== 'polling') continue;
    const { within, of } = timesWithin(channel, facts, truth);
    add(within >= MIN_WITHIN * of, `polling: ${within} of ${of} events within the interval inferred without stamps`);
  }
  return { ok, text: lines.join('\n') };
}

const round = (value: number): string =>
  Math.abs(value) < 100 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0);
