import { median } from '../../src/core/metrics/statistics.ts';
import type { Figure } from '../../src/core/model.ts';
import { channelOf, type Raced, type RaceResult, TECHNIQUES } from './race.ts';

/** From emission to the socket, at the median, in ms: what no receiver can be faster than. */
export function truthLatencyMs({ truth }: RaceResult, technique: Raced): number | null {
  const delays = truth.events.flatMap(({ emittedAt, written }) =>
    written[technique] === null ? [] : [written[technique] - emittedAt],
  );
  return median(delays);
}

/** The four transports as the panel saw them, each figure beside the one counted on the server's sockets. */
export function raceTable(result: RaceResult): string {
  const head = ['', 'requests', 'messages', 'wasted', 'header bytes', 'latency p50', 'exact headers'];
  const rows = TECHNIQUES.map((technique) => {
    const truth = result.truth.techniques[technique];
    const channel = channelOf(result.session, technique);
    if (channel === undefined) return [technique, 'not found by the panel', '', '', '', '', ''];
    const { requestHeader, responseHeader } = channel.bytes;
    const isConnection = channel.connections > 0;
    const latency = truthLatencyMs(result, technique);
    return [
      technique,
      pair(channel.requests, truth.requests),
      isConnection ? pair(channel.messages.received, truth.messages) : '–',
      isConnection ? '–' : pair(channel.wastedTotal, truth.wasted),
      pair(sum(requestHeader, responseHeader), truth.requestHeadBytes + truth.responseHeadBytes),
      `${ms(channel.latency.p50.value)} / ${ms(latency)}`,
      `${channel.reported.exchanges} of ${channel.reported.of}`,
    ];
  });
  return `Each pair: the panel / the server's sockets. ≈ is an estimate.\n${align([head, ...rows])}`;
}

const pair = (panel: number | string, truth: number): string => `${panel} / ${truth}`;
const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} ms`);

function sum(a: Figure, b: Figure): string {
  if (a.value === null || b.value === null) return '–';
  const estimated = a.provenance === 'estimated' || b.provenance === 'estimated';
  return `${estimated ? '≈ ' : ''}${a.value + b.value}`;
}

function align(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   '))
    .join('\n');
}
