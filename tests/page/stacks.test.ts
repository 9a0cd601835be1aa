import { expect, test } from 'vitest';
import { WANTED_BY_DEFAULT } from '../../src/protocol.ts';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide({ wanted: { ...WANTED_BY_DEFAULT, stacks: true } });

/** Runs in the page: calls every hooked function from one of a known name. */
async function callEverything(how: string) {
  if (how === 'own limit') Error.stackTraceLimit = 1;
  if (how === 'no frames') Error.stackTraceLimit = 0;
  const formatted: string[] = [];
  if (how === 'own format')
    Error.prepareStackTrace = (error, frames) => {
      formatted.push(error.name);
      return `${frames.length} frames`;
    };
  const calls = {
    fetch: async function fetchTheNews() {
      await fetch('/json');
    },
    xhr: function askTheOldWay() {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/json');
      xhr.send();
    },
    beacon: function sayGoodbye() {
      navigator.sendBeacon('/sink');
    },
    socket: function openTheLine() {
      new WebSocket(`ws://${location.host}/ws`).onopen = () => {};
    },
    source: function followTheNews() {
      new EventSource('/sse').onopen = () => {};
    },
  };
  for (const call of Object.values(calls)) await call();
  const own = new Error('of the page').stack;
  return { formatted, own: own?.split('\n')[0], limit: Error.stackTraceLimit };
}
const CALLERS = ['fetchTheNews', 'askTheOldWay', 'sayGoodbye', 'openTheLine', 'followTheNews'];

test('every request and connection tells who called, beginning with the caller', async () => {
  const { events } = await compare(callEverything, 'as it is');
  const stacks = events.flatMap((event) => ('stack' in event ? [event.stack] : []));
  expect(stacks.map((stack) => /^at (?:async )?(?:Object\.)?(\w+)/.exec(stack ?? '')?.[1])).toEqual(CALLERS);
  expect(stacks.join('\n')).toContain('at callEverything');
  expect(stacks.join('\n')).not.toContain('chrome-extension:');
});

test('the frames the page allows are its own, none of ours', async () => {
  const { result, events } = await compare(callEverything, 'own limit');
  expect(result.limit).toBe(1);
  const stacks = events.flatMap((event) => ('stack' in event ? [event.stack ?? ''] : []));
  expect(stacks.map((stack) => stack.split('\n').length)).toEqual(Array(5).fill(1));
  for (const [i, caller] of CALLERS.entries()) expect(stacks[i]).toContain(caller);
});

test.each(['own format', 'no frames'])('a page with stacks of its own (%s) is not asked for ours', async (how) => {
  const { result, events } = await compare(callEverything, how);
  expect(result.formatted).toEqual(how === 'own format' ? ['Error'] : []);
  const stacks = events.flatMap((event) => ('stack' in event ? [event.stack] : []));
  expect(stacks).toEqual(Array(5).fill(how === 'own format' ? null : ''));
});
