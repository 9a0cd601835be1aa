import type { ChannelReport } from '../../src/core/session/report.ts';
import { reportChannel } from '../../src/core/session/report.ts';
import { play, repeat } from '../support/timeline.ts';

/** The report of a poll that brought news every third time, with some of it replaced. */
export function channel(given: Partial<ChannelReport> = {}): ChannelReport {
  const log = play(repeat(12, 1000, (i, at) => `${at}ms GET /news 200 ${i % 3 === 0 ? `[${i}]` : '[]'} 40ms`));
  return { ...reportChannel(log, log.channels[0]!), ...given };
}

export const figure = (value: number | null): ChannelReport['latency']['p95'] =>
  value === null ? { value, provenance: 'unknown', plusMinus: null } : { value, provenance: 'measured', plusMinus: 0 };
