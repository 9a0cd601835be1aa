import { describe, expect, it } from 'vitest';
import { parseJson, readJson } from '../../../../src/core/protocols/wire/json.ts';

describe('JSON of which the head alone was recorded', () => {
  it.each([
    ['{"a":1,"b":[2,{"c":"x', { a: 1, b: [2, {}] }],
    ['{"a":"say \\"hi\\", {","b":2,"c', { a: 'say "hi", {', b: 2 }],
    ['["ev",{"x":', ['ev', {}]],
    ['[1,2', [1]],
    ['{"a":{"b":1}', { a: { b: 1 } }],
    ['[', []],
    [' \n{"a":1,', { a: 1 }],
  ])('%s → %j', (text, value) => expect(readJson(text)).toEqual(value));

  it.each(['', 'hello', '1', '"text"', '{"a":1} and more', '{a:1}', '{"a":1,}', ']', '    {"a":1}'])(
    '%j is none',
    (text) => expect(readJson(text)).toBeUndefined(),
  );

  it('is all that is read of a large text', () => {
    const text = `{"id":"7","list":[${'1,'.repeat(50_000)}1],"last":true}`;
    expect(parseJson(text)).toBeUndefined();
    expect(readJson(text)).toMatchObject({ id: '7' });
    expect(readJson(text)).not.toHaveProperty('last');
  });
});
