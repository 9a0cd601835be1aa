import { describe, expect, it } from 'vitest';
import { parseDemoArguments } from '../../scripts/demo/arguments.ts';

describe('the command line of npm start', () => {
  it('has defaults', () => {
    expect(parseDemoArguments([])).toEqual({
      headless: false,
      port: 8080,
      seconds: 20,
      out: 'out',
      profile: undefined,
      help: false,
    });
  });

  it.each([
    [['--port', '0'], '--port must be a whole number from 1 to 65535, not "0".'],
    [['--port', 'http'], '--port must be a whole number from 1 to 65535, not "http".'],
    [['--seconds', '4'], '--seconds must be a whole number from 5 to 3600, not "4".'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['page'], "Unexpected argument 'page'"],
  ])('refuses %j with one sentence', (args, sentence) => {
    expect(() => parseDemoArguments(args)).toThrow(sentence);
  });
});
