import { type Bin, binSeries } from '../../../core/charts/bins.ts';
import { t } from '../../words/t.ts';
import { type ChartScope, instantText, MAX_BINS, timeOf } from '../scope.ts';
import type { ChartSpec, DataSet, Figure } from '../spec.ts';

/** One amount of a bin, as a set of the chart and a column of its table. */
export interface Amount {
  label: string;
  color: string;
  of: (bin: Bin) => number;
}

/** Amounts over time, as stacked bars or lines. */
export function overTime(
  scope: ChartScope,
  amounts: readonly Amount[],
  shape: Pick<ChartSpec, 'type' | 'minTop' | 'formatAmount' | 'formatTick'>,
): Figure {
  const bins = binSeries(
    scope.channels.map(({ series }) => series),
    scope.from,
    scope.to,
    MAX_BINS,
  );
  const sets = amounts.map(
    ({ label, color, of }): DataSet => ({
      label,
      color,
      points: bins.map((bin) => ({ x: bin.second + bin.seconds / 2, y: of(bin) })),
    }),
  );
  return {
    spec: { ...shape, sets, time: timeOf(scope), names: [], logFrom: null },
    get table(): Figure['table'] {
      return {
        columns: [t('table_time'), ...amounts.map(({ label }) => label)],
        rows: bins.map((bin) => [instantText(scope.log, bin.second * 1000, 0), ...amounts.map(({ of }) => of(bin))]),
        format: (value) => (typeof value === 'number' ? shape.formatAmount(value) : String(value)),
      };
    },
  };
}
