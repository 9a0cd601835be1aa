import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test('smoke', async () => {
  const { result, events } = await compare(async () => {
    const response = await fetch('/json');
    return [response.status, await response.json()];
  });
  expect(result).toEqual([200, { a: 1, b: '안녕' }]);
  console.log(events);
});
