import { describe, expect, test } from 'vitest';
import { eventTimes, payloadText, scenarioFromParams, sendTimes } from '../../test-server/scenario.ts';

const scenario = (query: string) => scenarioFromParams(new URLSearchParams(query));
const times = (query: string) => [...eventTimes(scenario(query))];

test('the same seed gives the same times, another seed others', () => {
  const query = 'kind=poisson&rate=2&seconds=60';
  expect(times(`${query}&seed=1`)).toEqual(times(`${query}&seed=1`));
  expect(times(`${query}&seed=1`)).not.toEqual(times(`${query}&seed=2`));
});

test('regular events come at their period, up to and including the end', () => {
  expect(times('kind=regular&rate=4&seconds=1')).toEqual([250, 500, 750, 1000]);
});

describe.each(['poisson', 'burst', 'chat'])('%s', (kind) => {
  test('keeps its rate in the long run, in ascending order', () => {
    const all = times(`kind=${kind}&rate=5&seconds=2000&seed=3`);
    expect(all.length / 2000).toBeGreaterThan(4.5);
    expect(all.length / 2000).toBeLessThan(5.5);
    expect(all.every((time, index) => time >= (all[index - 1] ?? 0))).toBe(true);
  });
});

test('Poisson gaps are exponential: as many are below their mean as theory has it, 63 %', () => {
  const all = times('kind=poisson&rate=1&seconds=5000&seed=9');
  const gaps = all.map((time, index) => time - (all[index - 1] ?? 0));
  const below = gaps.filter((gap) => gap < 1000).length / gaps.length;
  expect(below).toBeGreaterThan(0.61);
  expect(below).toBeLessThan(0.65);
});

test('idle has no events; a recorded list is played as it is', () => {
  expect(times('kind=idle&seconds=100')).toEqual([]);
  expect(times('kind=recorded&times=0,5,5,900.5')).toEqual([0, 5, 5, 900.5]);
});

test('only a chat has sends, on a sequence of their own', () => {
  expect([...sendTimes(scenario('kind=poisson&seconds=10'))]).toEqual([]);
  const chat = scenario('kind=chat&rate=3&seconds=60');
  expect([...sendTimes(chat)].length).toBeGreaterThan(100);
  expect([...sendTimes(chat)]).not.toEqual([...eventTimes(chat)]);
});

test.each([8, 9, 100, 86, 1_048_576])('a payload of %i bytes has exactly that many', (bytes) => {
  expect(Buffer.byteLength(payloadText(12, bytes))).toBe(bytes);
  expect(payloadText(1, bytes)).not.toBe(payloadText(2, bytes));
});
