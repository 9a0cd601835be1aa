import { expect, it } from 'vitest';
import {
  countHeaders,
  createHeadPlaces,
  createRepeated,
  type HeaderCosts,
  shareHeaders,
} from '../../src/core/headers.ts';
import type { Header } from '../../src/core/model.ts';
import { entryOf } from '../support/timeline.ts';

const HEADS: Header[][] = [
  [
    ['Accept', '*/*'],
    ['cookie', 'a=1'],
  ],
  [
    ['Accept', '*/*'],
    ['cookie', 'a=22'],
    ['cookie', 'b'],
  ],
  [['cookie', 'a=22']],
  [
    ['accept', 'text/html'],
    ['Cookie', 'c'],
    ['x-new', ''],
  ],
  [],
  [
    ['cookie', 'a=1'],
    ['Accept', '*/*'],
  ],
];
const copied = (head: readonly Header[]): Header[] => head.map(([name, value]) => [name, value]);
const entries = () =>
  HEADS.map((head, i) => entryOf({ requestHeaders: copied(head), responseHeaders: copied(HEADS[(i + 1) % 6]!) }));

it('costs are the same whether or not heads come in the order of the one before', () => {
  const costs: HeaderCosts = new Map();
  const expected: HeaderCosts = new Map();
  const places = createHeadPlaces();
  for (const entry of entries()) {
    countHeaders(costs, entry, places);
    countHeaders(expected, entry);
  }
  expect(costs).toEqual(expected);
  expect(costs.get('cookie')!.requestBytes).toBe(6 * 10 + 3 + 4 + 1 + 4 + 1 + 3);
});

it('a head says the same once it shares what it repeats, and shares all that is the same in its place', () => {
  const last = createRepeated();
  for (const [i, entry] of entries().entries()) {
    const before = last.request;
    shareHeaders(last, entry);
    expect(entry.requestHeaders).toEqual(HEADS[i]);
    expect(entry.responseHeaders).toEqual(HEADS[(i + 1) % 6]);
    for (const [k, header] of entry.requestHeaders.entries())
      if (before[k]?.join() === header.join()) expect(header).toBe(before[k]);
  }
  const again = entryOf({ requestHeaders: copied(HEADS[5]!), responseHeaders: copied(HEADS[0]!) });
  const { request, response } = last;
  shareHeaders(last, again);
  expect(again.requestHeaders).toBe(request);
  expect(again.responseHeaders).toBe(response);
});
