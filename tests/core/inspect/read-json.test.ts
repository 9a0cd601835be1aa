import { expect, it } from 'vitest';
import { readJson } from '../../../src/core/inspect/read-json.ts';

it.each([
  ['{"a":1}', { a: 1 }, 'whole'],
  [' [1,2] ', [1, 2], 'whole'],
  ['{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }], 'lines'],
  ['{"a":1,"b":[1,2],"c":"cut o', { a: 1, b: [1, 2] }, 'head'],
])('%j', (text, value, from) => {
  expect(readJson(text)).toEqual({ value, from });
});

it.each(['', 'text', '"a"', '12', '42["event",{}]', '{nonsense}', '[object Object]'])('%j is none', (text) => {
  expect(readJson(text)).toBeNull();
});

it('reads nesting without end', () => {
  expect(readJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)?.from).toBe('whole');
});
