import type { Advice } from '../../core/advise/rules.ts';
import { adviseOn } from '../../core/advise/rules.ts';
import { factsOf } from '../../core/facts/facts-of.ts';
import { checkHealth, type Finding } from '../../core/health/checks.ts';
import type { Series } from '../../core/series.ts';
import { type ChannelReport, reportChannel } from '../../core/session/report.ts';
import type { Log } from '../../core/state.ts';
import { type WhatIfRow, whatIfRows } from './what-if.ts';

/** One channel with all there is to say about it. */
export interface AnalysedChannel {
  report: ChannelReport;
  series: Series;
  /** The best first; empty where nothing can be said. */
  advice: Advice[];
  /** The transport of today and the others, the cheapest first; empty where nothing can be predicted. */
  whatIf: WhatIfRow[];
}

/** A recording, judged. */
export interface Analysis {
  startedAt: number;
  endedAt: number;
  channels: AnalysedChannel[];
  /** The worst first. */
  findings: Finding[];
}

export function analyse(log: Log): Analysis {
  const facts = factsOf(log);
  const byId = new Map(facts.channels.map((channel) => [channel.id, channel]));
  return {
    startedAt: log.startedAt,
    endedAt: log.now,
    channels: log.channels.map((channel) => {
      const own = byId.get(channel.id)!;
      return {
        report: reportChannel(log, channel),
        series: channel.series,
        advice: adviseOn(own, facts),
        whatIf: whatIfRows(own, facts),
      };
    }),
    findings: checkHealth(facts),
  };
}
