import { bytes, count } from '../../words/numbers.ts';
import { type MessageKey, t } from '../../words/t.ts';
import type { ChartScope } from '../scope.ts';
import type { Figure } from '../spec.ts';
import { bytesByChannel } from './bytes-by-channel.ts';
import { headerCosts } from './header-costs.ts';
import { latency } from './latency.ts';
import { overTime } from './over-time.ts';

/** One chart of the panel. */
export interface ChartEntry {
  id: string;
  title: MessageKey;
  make: (scope: ChartScope) => Figure;
}

const wholeCount = (n: number): string => (Number.isInteger(n) ? count(n) : '');

function responses(scope: ChartScope): Figure {
  const { useful, wasted } = scope.palette;
  const amounts = [
    { label: t('useful'), color: useful, of: (bin: { useful: number }) => bin.useful },
    { label: t('wasted'), color: wasted, of: (bin: { wasted: number }) => bin.wasted },
  ];
  return overTime(scope, amounts, { type: 'stacked-bars', minTop: 4, formatAmount: count, formatTick: wholeCount });
}

function bytesOverTime(scope: ChartScope): Figure {
  const { header, framing, payload } = scope.palette;
  const amounts = [
    { label: t('headers'), color: header, of: (bin: { headerBytes: number }) => bin.headerBytes },
    { label: t('framing'), color: framing, of: (bin: { framingBytes: number }) => Math.max(bin.framingBytes, 0) },
    { label: t('payload'), color: payload, of: (bin: { payloadBytes: number }) => bin.payloadBytes },
  ];
  return overTime(scope, amounts, { type: 'stacked-bars', minTop: 1000, formatAmount: bytes });
}

function messageRate(scope: ChartScope): Figure {
  const of = (bin: { messages: number; useful: number; seconds: number }) => (bin.messages + bin.useful) / bin.seconds;
  const amounts = [{ label: t('chart_messagesPerSecond'), color: scope.palette.accent, of }];
  return overTime(scope, amounts, { type: 'lines', minTop: 2, formatAmount: (n) => t('perSecond', decimal(n)) });
}

function byteRate(scope: ChartScope): Figure {
  const of = (bin: { headerBytes: number; framingBytes: number; payloadBytes: number; seconds: number }) =>
    (bin.headerBytes + bin.framingBytes + bin.payloadBytes) / bin.seconds;
  const amounts = [{ label: t('chart_bytesPerSecond'), color: scope.palette.payload, of }];
  return overTime(scope, amounts, {
    type: 'lines',
    minTop: 1000,
    formatAmount: (n) => t('perSecond', bytes(Math.round(n))),
  });
}

const decimal = (n: number): string => (n < 10 ? String(Math.round(n * 10) / 10) : count(n));

/** All charts, in their order. */
export const CHARTS: readonly ChartEntry[] = [
  { id: 'responses', title: 'chart_requests', make: responses },
  { id: 'bytes', title: 'chart_bytes', make: bytesOverTime },
  { id: 'latency', title: 'chart_latency', make: latency },
  { id: 'bytes-by-channel', title: 'chart_bytesByChannel', make: bytesByChannel },
  { id: 'message-rate', title: 'chart_messageRate', make: messageRate },
  { id: 'byte-rate', title: 'chart_byteRate', make: byteRate },
  { id: 'header-costs', title: 'chart_headerCosts', make: headerCosts },
];
