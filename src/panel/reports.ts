import type { Channel } from '../core/channels.ts';
import type { Connection } from '../core/model.ts';
import { reportInRange, type TimeRange } from '../core/range/report.ts';
import { type ChannelReport, reportChannel } from '../core/session/report.ts';
import type { Log } from '../core/state.ts';
import { connectionsByChannel } from '../core/timeline/lane.ts';
import { channelPrint } from './fingerprint.ts';

/** Work on reports in one animation frame: half of what a frame leaves beside drawing. */
const BUDGET_MS = 6;
/** Reports depend a little on other channels (estimates of header sizes): now and then all are made anew. */
const ALL_EVERY = 12;

/** The reports of a log's channels, kept up to date a few at a time so that no frame waits for two hundred of them. */
export interface Reports {
  readonly all: readonly ChannelReport[];
  readonly connections: ReadonlyMap<number, readonly Connection[]>;
  /** Makes those anew whose channels changed, as many as a frame allows; false while some are left. */
  refresh(log: Log, range: TimeRange | null): boolean;
}

interface Made {
  print: string;
  /** null: nothing of it lies in the range. */
  report: ChannelReport | null;
}

export function createReports(): Reports {
  let known = new Map<number, Made>();
  let all: ChannelReport[] = [];
  let connections: Map<number, Connection[]> = new Map();
  let round = 0;
  let isRoundDone = true;
  let of: Log | null = null;

  function make(log: Log, channel: Channel, range: TimeRange | null): ChannelReport | null {
    const whole = reportChannel(log, channel);
    return range === null ? whole : reportInRange(log, whole, connections.get(channel.id) ?? [], channel.series, range);
  }

  return {
    get all() {
      return all;
    },
    get connections() {
      return connections;
    },
    refresh(log, range) {
      if (log !== of) {
        known = new Map();
        of = log;
      }
      connections = connectionsByChannel(log);
      if (isRoundDone) round++;
      // Printed with the round, reports of an earlier one are out of date by themselves.
      const era = `${range?.from},${range?.to},${Math.floor(round / ALL_EVERY)},`;
      const until = performance.now() + BUDGET_MS;
      isRoundDone = true;
      const next: ChannelReport[] = [];
      const kept = new Map<number, Made>();
      for (const channel of log.channels) {
        const print = era + channelPrint(channel);
        let made = known.get(channel.id);
        if (made === undefined || made.print !== print) {
          if (made === undefined || performance.now() < until) made = { print, report: make(log, channel, range) };
          else isRoundDone = false;
        }
        kept.set(channel.id, made);
        if (made.report !== null) next.push(made.report);
      }
      known = kept;
      all = next;
      return isRoundDone;
    },
  };
}
