import { UsageError } from '../errors.ts';
import { METRICS, type Unit } from './metrics.ts';

export type Comparison = '<=' | '<' | '>=' | '>' | '=' | '!=';

/** `wasted<=30%` of each channel; `total:requests<=100` of all. */
export type Budget = { text: string; scope: 'channel' | 'total' } & (
  | { kind: 'amount'; metric: string; asShare: boolean; comparison: Comparison; limit: number }
  | { kind: 'transport'; comparison: '=' | '!='; transports: string[] }
);

const BUDGET = /^(?:(total|channel):)?([a-z0-9-]+)(<=|>=|==|!=|<|>|=)(.+)$/;
const AMOUNT = /^(\d+(?:\.\d+)?)(%|ms|s|[kM]?B)?$/;
const UNITS: Record<string, { unit: Unit; factor: number }> = {
  '%': { unit: 'share', factor: 0.01 },
  ms: { unit: 'ms', factor: 1 },
  s: { unit: 'ms', factor: 1000 },
  B: { unit: 'bytes', factor: 1 },
  kB: { unit: 'bytes', factor: 1000 },
  MB: { unit: 'bytes', factor: 1e6 },
};
const TRANSPORTS = [
  ...['request', 'navigation', 'polling', 'long-polling', 'sse', 'http-stream', 'websocket', 'webtransport'],
  ...['telemetry', 'media', 'undecided'],
];

/** @throws UsageError that says what a budget may be */
export function parseBudget(given: string): Budget {
  const text = given.replace(/\s+/g, '');
  const match = BUDGET.exec(text);
  if (match === null)
    throw new UsageError(`"${given}" is no budget: write one like wasted<=30% or transport!=polling.`);
  const [, scope = 'channel', metric = '', operator = '', value = ''] = match as unknown as [
    string,
    'total' | undefined,
    ...string[],
  ];
  const comparison = (operator === '==' ? '=' : operator) as Comparison;
  if (metric === 'transport') return { text, scope: 'channel', ...transportBudget(given, scope, comparison, value) };
  const known = METRICS[metric];
  if (known === undefined)
    throw new UsageError(`"${metric}" in ${given} is none of transport, ${Object.keys(METRICS).join(', ')}.`);

  const amount = AMOUNT.exec(value);
  if (amount === null)
    throw new UsageError(`"${value}" in ${given} is no amount: write one like 30%, 500ms, 2s, 10kB or 12.`);
  const [, number, suffix] = amount;
  const { unit, factor } = suffix === undefined ? { unit: known.unit, factor: 1 } : UNITS[suffix]!;
  const asShare = unit === 'share' && known.share !== undefined;
  if (unit !== known.unit && !asShare)
    throw new UsageError(`${metric} in ${given} is measured in ${UNIT_NAMES[known.unit]}, not in ${UNIT_NAMES[unit]}.`);
  if (known.unit === 'share' && suffix === undefined)
    throw new UsageError(`${metric} in ${given} needs a %: write ${metric}${operator}${value}%.`);
  return { text, scope, kind: 'amount', metric, asShare, comparison, limit: Number(number) * factor };
}

const UNIT_NAMES: Record<Unit, string> = { count: 'a number', ms: 'milliseconds', bytes: 'bytes', share: 'percent' };

function transportBudget(given: string, scope: string, comparison: Comparison, value: string) {
  if (scope === 'total') throw new UsageError(`${given}: a transport is of a channel, not of the total.`);
  if (comparison !== '=' && comparison !== '!=')
    throw new UsageError(`${given}: a transport is compared with = or !=.`);
  const transports = value.split(',');
  const unknown = transports.find((name) => !TRANSPORTS.includes(name));
  if (unknown !== undefined) throw new UsageError(`"${unknown}" in ${given} is none of ${TRANSPORTS.join(', ')}.`);
  return { kind: 'transport', comparison, transports } as const;
}
