import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/core/session/redact/redactor.ts';

const CHARS = 400_000;
/** Searches that grow with the length take a second or two on a busy machine; those that grow with its square, minutes. */
const LIMIT_MS = 15_000;
/** Text that would cost a careless search the square of its length. */
const HOSTILE: [string, string][] = [
  ['backslashes', `token${'\\'.repeat(CHARS)}`],
  ['quotes', `token${'"'.repeat(CHARS)}`],
  ['names without values', '"token":'.repeat(CHARS / 8)],
  ['open strings', '\\"token\\":\\"'.repeat(CHARS / 12)],
  ['parameters in parameters', ',token='.repeat(CHARS / 7)],
  ['encoded parameters', '%3Ftoken%3D'.repeat(CHARS / 11)],
  ['heads of tokens', `${'eyJ-'.repeat(CHARS / 4)}`],
  ['parts of tokens', `eyJaaaaaaaa.${'a'.repeat(CHARS)}`],
  ['schemes', 'Bearer '.repeat(CHARS / 7)],
  ['spaces', `"token"${' '.repeat(CHARS)}`],
  ['a path', `https://a.test/${'aA1'.repeat(CHARS / 3)}/`],
  ['a long secret', `{"token":"${'a'.repeat(CHARS)}"}`],
];

describe('400,000 characters of', () => {
  it.each(HOSTILE)(
    '%s are looked through in a time that does not grow with their square',
    { timeout: 4 * LIMIT_MS },
    (_, text) => {
      const redactor = createRedactor();
      const startedAt = performance.now();
      redactor.text(text);
      redactor.url(text);
      redactor.header(['x', text]);
      expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
    },
  );
});
