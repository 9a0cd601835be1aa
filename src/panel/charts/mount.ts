import {
  BarController,
  BarElement,
  Chart,
  type ChartConfiguration,
  type ChartOptions,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import type { Palette } from './palette.ts';
import type { ChartSpec, DataSet } from './spec.ts';

Chart.register(
  BarController,
  BarElement,
  LineController,
  LineElement,
  ScatterController,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Legend,
  Tooltip,
);

export interface ChartIsland {
  update(spec: ChartSpec, palette: Palette): void;
  destroy(): void;
}

/** Draws into a canvas until destroyed. Updates reuse the chart and animate nothing. */
export function mountChart(canvas: HTMLCanvasElement): ChartIsland {
  let chart: Chart | null = null;
  return {
    update(spec, palette) {
      const config = configOf(spec, palette);
      if (chart === null) {
        chart = new Chart(canvas, config);
        return;
      }
      chart.data = config.data;
      chart.options = config.options!;
      chart.update('none');
    },
    destroy: () => chart?.destroy(),
  };
}

function configOf(spec: ChartSpec, palette: Palette): ChartConfiguration {
  return {
    type: spec.type === 'scatter' ? 'scatter' : spec.type === 'lines' ? 'line' : 'bar',
    data: { datasets: spec.sets.map((set) => dataset(spec, set)) } as ChartConfiguration['data'],
    options: optionsOf(spec, palette),
  };
}

function dataset({ type }: ChartSpec, { label, color, points, line }: DataSet): object {
  const isLine = line !== undefined || type === 'lines';
  return {
    label,
    // Bars that lie have their length on the other axis.
    data: type === 'ranked' ? points.map(({ x, y }) => ({ x, y })) : points,
    backgroundColor: color,
    borderColor: color,
    borderWidth: isLine ? 1.5 : 0,
    borderDash: line === 'dashed' ? [4, 3] : [],
    showLine: isLine,
    pointRadius: isLine ? 0 : 2.5,
    pointStyle: isLine ? 'line' : type === 'scatter' ? 'circle' : 'rect',
    pointHitRadius: 6,
    barPercentage: type === 'ranked' ? 0.75 : 1,
    categoryPercentage: 0.9,
    maxBarThickness: 40,
  };
}

function optionsOf(spec: ChartSpec, palette: Palette): ChartOptions {
  const { type } = spec;
  const font = { size: 10, family: palette.fontFamily };
  const ticks = { color: palette.muted, font };
  const isRanked = type === 'ranked';
  const isBars = type === 'stacked-bars' || isRanked;
  const amounts = {
    ...(spec.logFrom === null ? { beginAtZero: true } : { type: 'logarithmic' as const, min: spec.logFrom }),
    suggestedMax: spec.minTop,
    stacked: isBars,
    border: { display: false },
    grid: { color: palette.line },
    ticks: {
      ...ticks,
      maxTicksLimit: spec.logFrom === null ? 5 : 40,
      callback: (value: string | number) => (spec.formatTick ?? spec.formatAmount)(Number(value)),
    },
  };
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    indexAxis: isRanked ? 'y' : 'x',
    interaction: { mode: type === 'scatter' ? 'nearest' : 'index', axis: isRanked ? 'y' : 'x', intersect: false },
    scales: isRanked
      ? { x: amounts, y: namesAxis(spec, palette, ticks) }
      : { x: timeAxis(spec, palette, ticks), y: amounts },
    plugins: {
      legend: { labels: { color: palette.text, font, boxWidth: 9, boxHeight: 9, usePointStyle: true }, align: 'end' },
      tooltip: {
        callbacks: {
          title: ([item]) => {
            if (item === undefined) return '';
            const at = isRanked ? spec.names[Math.round(item.parsed.y ?? 0)] : spec.time?.format(item.parsed.x ?? 0);
            return at ?? '';
          },
          label: ({ dataset: { label }, parsed: { x, y } }) =>
            `${label}: ${spec.formatAmount((isRanked ? x : y) ?? 0)}`,
        },
      },
    },
  };
}

type Ticks = { color: string; font: object };

function timeAxis({ time, type }: ChartSpec, palette: Palette, ticks: Ticks): object {
  const { fromX, toX, ticks: at, format } = time!;
  return {
    type: 'linear',
    min: fromX,
    max: toX,
    stacked: type === 'stacked-bars',
    border: { color: palette.line },
    grid: { display: false },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = at.map((value) => ({ value }));
    },
    ticks: { ...ticks, autoSkip: false, maxRotation: 0, callback: (value: string | number) => format(Number(value)) },
  };
}

function namesAxis({ names }: ChartSpec, palette: Palette, ticks: Ticks): object {
  return {
    type: 'linear',
    reverse: true,
    min: -0.5,
    max: Math.max(names.length, 1) - 0.5,
    stacked: true,
    border: { color: palette.line },
    grid: { display: false },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = names.map((_, value) => ({ value }));
    },
    ticks: { ...ticks, autoSkip: false, callback: (value: string | number) => names[Number(value)] ?? '' },
  };
}
