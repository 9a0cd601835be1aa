import type { ChannelReport } from '../../core/session/report.ts';
import { isOngoing, METRICS, type Reading, type Unit } from './metrics.ts';
import type { Budget, Comparison } from './parse.ts';

/**
 * kept: within the budget · broken · unknown: the value is not known, so nobody can say · no-worse: broken, but the baseline
 * was as bad.
 */
export type Outcome = 'kept' | 'broken' | 'unknown' | 'no-worse';

type Value = Reading | string;

/** One budget held against one channel, or the total. */
export interface Finding {
  budget: string;
  /** null: the total. */
  channel: Pick<ChannelReport, 'id' | 'method' | 'urlTemplate' | 'sampleUrl'> | null;
  outcome: Outcome;
  value: Value;
  unit: Unit | 'transport';
  /** Of the same channel in the baseline; undefined: there is no baseline, or no such channel in it. */
  baseline: Value;
}

/** Runs differ by chance; what is worse by less than this share of the baseline's value is no worse. */
const NOISE = 0.05;

/** Holds every budget against every channel it is for. With a baseline only what got worse is broken. */
export function judge(
  budgets: readonly Budget[],
  channels: readonly ChannelReport[],
  baseline: readonly ChannelReport[] | null,
): Finding[] {
  const before = new Map(baseline?.map((channel) => [keyOf(channel), channel]));
  return budgets.flatMap((budget) => {
    if (budget.kind === 'transport')
      return channels.map((channel) => transportFinding(budget, channel, before.get(keyOf(channel))));
    const metric = budget.asShare ? METRICS[budget.metric]!.share! : METRICS[budget.metric]!;
    if (budget.scope === 'total')
      return [
        amountFinding(
          budget,
          metric.unit,
          null,
          metric.total(channels),
          baseline?.length ? metric.total(baseline) : undefined,
        ),
      ];
    return channels.filter(isOngoing).flatMap((channel) => {
      const old = before.get(keyOf(channel));
      const value = metric.of(channel);
      return value === undefined ? [] : [amountFinding(budget, metric.unit, channel, value, old && metric.of(old))];
    });
  });
}

function transportFinding(
  { text, comparison, transports }: Extract<Budget, { kind: 'transport' }>,
  channel: ChannelReport,
  old: ChannelReport | undefined,
): Finding {
  const value = channel.transport ?? 'undecided';
  const baseline = old && (old.transport ?? 'undecided');
  const kept = transports.includes(value) === (comparison === '=');
  const outcome = kept ? 'kept' : baseline === value ? 'no-worse' : 'broken';
  return { budget: text, channel: placeOf(channel), outcome, value, unit: 'transport', baseline };
}

function amountFinding(
  { text, comparison, limit }: Extract<Budget, { kind: 'amount' }>,
  unit: Unit,
  channel: ChannelReport | null,
  value: Reading,
  baseline: Reading,
): Finding {
  const finding = { budget: text, channel: channel && placeOf(channel), value, unit, baseline };
  if (value === null) return { ...finding, outcome: 'unknown' };
  if (value === undefined || HOLDS[comparison](value, limit)) return { ...finding, outcome: 'kept' };
  const noWorse = typeof baseline === 'number' && !isWorse(comparison, value, baseline);
  return { ...finding, outcome: noWorse ? 'no-worse' : 'broken' };
}

const HOLDS: Record<Comparison, (value: number, limit: number) => boolean> = {
  '<=': (value, limit) => value <= limit,
  '<': (value, limit) => value < limit,
  '>=': (value, limit) => value >= limit,
  '>': (value, limit) => value > limit,
  '=': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

function isWorse(comparison: Comparison, value: number, before: number): boolean {
  const slack = Math.abs(before) * NOISE;
  if (comparison.startsWith('<')) return value > before + slack;
  if (comparison.startsWith('>')) return value < before - slack;
  return value !== before;
}

const placeOf = ({ id, method, urlTemplate, sampleUrl }: ChannelReport): Finding['channel'] => ({
  id,
  method,
  urlTemplate,
  sampleUrl,
});

/** What makes two channels of two recordings the same: hosts differ between a laptop and a CI machine. */
const keyOf = ({ method, urlTemplate, operation }: ChannelReport): string =>
  `${method} ${urlTemplate} ${operation ?? ''}`;
