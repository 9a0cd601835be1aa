import { expect, it } from 'vitest';
import { readStack } from '../../../src/core/inspect/stack.ts';

it('reads calls as V8 writes them', () => {
  const stack = `Error
    at poll (https://app.test/js/app.js:12:34)
    at async Object.run (https://app.test/js/app.js:99:1)
    at https://app.test/:5:7
    at new Client (webpack:///./src/client.ts:3:3)
    at Array.forEach (<anonymous>)
    at evil <b> ((https://app.test/a(1).js:1:2)`;
  expect(readStack(stack)).toEqual([
    { name: 'poll', url: 'https://app.test/js/app.js', line: 12, column: 34 },
    { name: 'async Object.run', url: 'https://app.test/js/app.js', line: 99, column: 1 },
    { name: null, url: 'https://app.test/', line: 5, column: 7 },
    { name: 'new Client', url: 'webpack:///./src/client.ts', line: 3, column: 3 },
  ]);
});

it('finds nothing in what is no stack', () => {
  expect(readStack('')).toEqual([]);
  expect(readStack('just text\nwith lines')).toEqual([]);
});
