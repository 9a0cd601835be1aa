import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/errors.ts';

const OF_URL = { seconds: 20, waitFor: undefined, script: undefined, insecure: false };

describe('the command line of transport-lens', () => {
  it('reads capture', () => {
    expect(
      parseCommand([
        'capture',
        'localhost:8080/x',
        '--seconds',
        '2.5',
        '--har',
        'a.har',
        '--wait-for',
        '#done',
        '--insecure',
        '--raw',
      ]),
    ).toEqual({
      name: 'capture',
      url: 'http://localhost:8080/x',
      raw: true,
      targets: { har: 'a.har' },
      ...OF_URL,
      seconds: 2.5,
      waitFor: '#done',
      insecure: true,
    });
  });

  it('reads analyze', () => {
    expect(parseCommand(['analyze', 'a.har'])).toEqual({ name: 'analyze', path: 'a.har', format: 'table', raw: false });
    expect(parseCommand(['analyze', 'a.har', '--format', 'markdown'])).toMatchObject({ format: 'markdown' });
  });

  it('reads check, of a file or of a URL', () => {
    expect(
      parseCommand([
        'check',
        'a.json',
        '--budget',
        'wasted<=30%',
        '--budget',
        'errors<=0',
        '--baseline',
        'b.json',
        '--format',
        'junit',
      ]),
    ).toEqual({
      name: 'check',
      subject: { path: 'a.json' },
      budgets: ['wasted<=30%', 'errors<=0'],
      baseline: 'b.json',
      format: 'junit',
      ...OF_URL,
    });
    expect(parseCommand(['check', 'https://a.test', '--budget', 'errors<=0'])).toMatchObject({
      subject: { url: 'https://a.test/' },
    });
  });

  it('reads requests for help and the version, wherever they stand', () => {
    for (const args of [['--help'], ['help'], ['capture', '--help']])
      expect(parseCommand(args)).toEqual({ name: 'help' });
    expect(parseCommand(['--version'])).toEqual({ name: 'version' });
  });

  it.each([
    [[], 'A command is missing: capture, analyze or check.'],
    [['record'], '"record" is no command: capture, analyze and check are.'],
    [['capture'], 'The command needs a URL.'],
    [['capture', 'a', 'b'], '"b" is one argument too many.'],
    [['capture', 'ftp://a.test'], '"ftp://a.test" is no URL of a page.'],
    [['capture', 'http://'], '"http://" is no URL of a page.'],
    [['capture', 'http://a.test', '--seconds', 'ten'], '--seconds must be a number from 0 to 3600, not "ten".'],
    [['capture', 'http://a.test', '--seconds', '0'], '--seconds must be a number from 0 to 3600, not "0".'],
    [['capture', 'http://a.test', '--seconds'], "Option '--seconds <value>' argument missing."],
    [['capture', 'http://a.test', '--budget', 'x'], "Unknown option '--budget'."],
    [['analyze'], 'The command needs a file.'],
    [['analyze', 'a.har', '--format', 'xml'], '--format must be one of table, json, markdown, sarif, not "xml".'],
    [['check', 'a.har'], "check needs a --budget, such as --budget 'wasted<=30%'."],
    [['check', '--budget', 'wasted<=30%'], 'The command needs a file or URL.'],
  ])('refuses %j with one sentence', (args, sentence) => {
    expect(() => parseCommand(args)).toThrow(new UsageError(sentence));
  });
});
