import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Transport } from '../../src/core/model.ts';
import type { ChannelReport } from '../../src/core/session/report.ts';
import { CORPUS } from './paths.ts';
import type { CaseResult } from './run.ts';

/** Kinds as the corpus names them. */
const KINDS: Record<Transport, string> = {
  request: 'request',
  navigation: 'request',
  polling: 'polling',
  'long-polling': 'longpoll',
  sse: 'sse',
  'http-stream': 'stream',
  websocket: 'websocket',
  webtransport: 'webtransport',
  telemetry: 'heartbeat',
  media: 'request',
};

/** A channel in the words of the corpus' checker; what is unknown is left out. */
export function answerOf(channel: ChannelReport): Record<string, unknown> {
  const { bytes } = channel;
  const sum = (...parts: (number | null)[]) =>
    parts.some((part) => part === null) ? undefined : parts.reduce<number>((total, part) => total + part!, 0);
  return {
    kind: channel.transport === null ? 'request' : KINDS[channel.transport],
    url: channel.sampleUrl,
    method: channel.method,
    ...(channel.operation === null ? {} : { operation: channel.operation }),
    requests: channel.requests,
    wasted: channel.wastedTotal,
    messagesUp: channel.messages.sent,
    messagesDown: channel.messages.received,
    headerBytes: sum(bytes.requestHeader.value, bytes.responseHeader.value),
    payloadBytes: sum(bytes.payloadSent.value, bytes.payloadReceived.value),
    reconnects: channel.reconnects,
  };
}

export interface Row {
  channel: string;
  expected: string;
  got: string;
  fit: string;
  hard?: boolean;
  url?: string;
  metrics: Record<string, { got: number; want: number; err: number }>;
}
type Rows = Record<string, Row[]>;
interface Checker {
  scoreCase(testCase: unknown, answers: unknown[], truth: unknown): Row[];
  total(rows: Rows): {
    overall: number;
    macroF1: number;
    accuracy: number;
    countScore: number;
    headerScore: number;
    hard: number;
  };
}

/** Rows of the corpus' own checker for each case that ran. */
export async function scoreCases(results: readonly CaseResult[]): Promise<{ rows: Rows; checker: Checker }> {
  const checker: Checker = await import(pathToFileURL(join(CORPUS, 'check.mjs')).href);
  const { cases } = JSON.parse(readFileSync(join(CORPUS, 'cases.json'), 'utf8'));
  const rows: Rows = {};
  for (const { name, session, truth } of results) {
    if (session === null) continue;
    const testCase = cases.find((candidate: { name: string }) => candidate.name === name);
    rows[name] = checker.scoreCase(testCase, session.channels.map(answerOf), truth);
  }
  return { rows, checker };
}

const BAD = new Set(['WRONG', 'MISSED', 'INVENTED']);
const METRICS = ['requests', 'wasted', 'messagesUp', 'messagesDown', 'payloadBytes', 'reconnects', 'headerBytes'];

/** Prints the table and the score, writes all to a file, and tells whether every kind was right and none invented. */
export async function printScore(results: readonly CaseResult[], out: string): Promise<boolean> {
  const { rows, checker } = await scoreCases(results);
  const table = Object.entries(rows).flatMap(([name, list]) =>
    list
      .filter(({ fit }) => fit !== 'ignored')
      .map((row) => [name, row.channel, row.expected, row.got, verdictOf(row), ...cellsOf(row)]),
  );
  print([['case', 'channel', 'expected', 'got', '', ...METRICS], ...table]);
  console.log('Each pair: the panel / the sockets, where they differ.');
  const failed = results.filter(({ error }) => error !== null);
  for (const { name, error } of failed) console.log(`FAILED ${name}: ${error}`);
  const score = checker.total(rows);
  const text = (x: number | null) => (x === null ? 'n/a' : x.toFixed(4));
  console.log(
    `SCORE overall=${text(score.overall)} macroF1=${text(score.macroF1)} accuracy=${text(score.accuracy)} counts=${text(score.countScore)} ` +
      `headers=${text(score.headerScore)} hardErrors=${score.hard} cases=${Object.keys(rows).length}/${results.length}`,
  );
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify({ score, rows, results }, null, 1));
  return (
    failed.length === 0 &&
    Object.values(rows)
      .flat()
      .every(({ fit, hard }) => !BAD.has(fit) && !hard)
  );
}

const verdictOf = ({ fit, hard }: Row): string => (hard ? `${fit} HARD` : fit);
const cellsOf = ({ metrics, url }: Row): string[] => [
  ...METRICS.map((name) => {
    const metric = metrics[name];
    if (metric === undefined) return '–';
    return metric.got === metric.want ? String(metric.want) : `${metric.got}/${metric.want}`;
  }),
  url ?? '',
];

function print(rows: string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
