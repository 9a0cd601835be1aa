import type { CurvePoint, WhatIfTable } from '../../analysis/messages.ts';
import type { Palette } from '../../charts/palette.ts';
import type { Figure } from '../../charts/spec.ts';
import { METRICS } from '../../words/advice-what-if.ts';
import { duration } from '../../words/numbers.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { transportName } from '../../words/transports.ts';

export interface Curve {
  id: keyof CurvePoint;
  title: MessageKey;
}

export const CURVES: readonly Curve[] = [
  { id: 'meanLatencyMs', title: 'whatif_curve_latency' },
  { id: 'bytesPerHour', title: 'whatif_curve_bytes' },
  { id: 'requestsPerHour', title: 'whatif_curve_requests' },
];

const TICKS_MS = [250, 1000, 4000, 15_000, 60_000, 300_000];

/** Polling against its period on a logarithmic axis, what does not depend on one as level lines, marks where polling stands. */
export function curveFigure(table: WhatIfTable, { id }: Curve, palette: Palette): Figure {
  const { curve, flat, present, settings } = table;
  const { format } = METRICS[id];
  const [from, to] = [curve[0]!.periodMs, curve.at(-1)!.periodMs];
  const x = Math.log10;
  const polling = curve.map(({ periodMs, polling: point }) => ({ x: x(periodMs), y: point[id] }));
  const known = polling.flatMap(({ x, y }) => (y === null ? [] : [{ x, y }]));
  const level = flat.flatMap(({ transport, point }) => {
    const y = point[id];
    return y === null ? [] : [{ transport, y }];
  });
  const top = Math.max(...known.map(({ y }) => y), ...level.map(({ y }) => y), 1);
  const mark = (periodMs: number, label: string, color: string) =>
    periodMs < from || periodMs > to
      ? []
      : [{ label, color, line: 'dashed' as const, points: [0, top].map((y) => ({ x: x(periodMs), y })) }];
  const presentMs = present?.transport === 'polling' ? present.periodMs : null;
  return {
    spec: {
      type: 'lines',
      sets: [
        { label: transportName('polling'), color: palette.transport('polling'), points: known },
        ...level.map(({ transport, y }) => ({
          label: transportName(transport),
          color: palette.transport(transport),
          points: curve.map(({ periodMs }) => ({ x: x(periodMs), y })),
        })),
        ...(presentMs === null ? [] : mark(presentMs, t('whatif_curve_now', duration(presentMs)), palette.muted)),
        ...(presentMs === settings.periodMs
          ? []
          : mark(settings.periodMs, t('whatif_curve_chosen', duration(settings.periodMs)), palette.accent)),
      ],
      time: {
        fromX: x(from),
        toX: x(to),
        ticks: TICKS_MS.filter((ms) => ms >= from && ms <= to).map(x),
        format: (at) => duration(Math.round(10 ** at)),
      },
      names: [],
      minTop: 0,
      logFrom: null,
      formatAmount: format,
    },
    table: {
      columns: [
        t('whatif_period'),
        transportName('polling'),
        ...level.map(({ transport }) => transportName(transport)),
      ],
      rows: curve.map(({ periodMs, polling: point }) => [periodMs, point[id], ...level.map(({ y }) => y)]),
      format: (value, column) => (column === 0 ? duration(Number(value)) : format(Number(value))),
    },
  };
}
