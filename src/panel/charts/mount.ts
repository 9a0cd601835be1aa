import {
  BarController,
  BarElement,
  Chart,
  type ChartConfiguration,
  Legend,
  LinearScale,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import type { Palette } from './palette.ts';

Chart.register(
  BarController,
  BarElement,
  ScatterController,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Legend,
  Tooltip,
);

export interface Point {
  x: number;
  y: number;
}

/** What a chart shows; no type of Chart.js leaves this folder. x is in seconds before now, negative. */
export interface ChartSpec {
  type: 'stacked-bars' | 'scatter';
  sets: { label: string; color: string; points: Point[] }[];
  fromX: number;
  /** The smallest range of y: a quiet chart does not blow up its noise. */
  minTopY: number;
  /** Logarithmic, from this value up; null: linear from 0. */
  logFromY: number | null;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  /** Labels of the y axis, where they are not all wanted: '' leaves one out. */
  formatTickY?: (y: number) => string;
}

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
  const bars = spec.type === 'stacked-bars';
  const font = { size: 10, family: 'system-ui, sans-serif' };
  return {
    type: bars ? 'bar' : 'scatter',
    data: {
      datasets: spec.sets.map(({ label, color, points }) => ({
        label,
        data: points,
        backgroundColor: color,
        borderWidth: 0,
        pointRadius: 2.5,
        barPercentage: 1,
        categoryPercentage: 0.9,
      })),
    },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: bars ? 'index' : 'nearest', intersect: false },
      scales: {
        x: {
          type: 'linear',
          min: spec.fromX,
          max: 0.5,
          stacked: bars,
          border: { color: palette.line },
          grid: { display: false },
          ticks: { color: palette.muted, font, stepSize: 15, callback: (x) => spec.formatX(Number(x)) },
        },
        y: {
          ...(spec.logFromY === null ? { beginAtZero: true } : { type: 'logarithmic', min: spec.logFromY }),
          suggestedMax: spec.minTopY,
          stacked: bars,
          border: { display: false },
          grid: { color: palette.line },
          ticks: {
            color: palette.muted,
            font,
            maxTicksLimit: spec.logFromY === null ? 5 : 40,
            callback: (y) => (spec.formatTickY ?? spec.formatY)(Number(y)),
          },
        },
      },
      plugins: {
        legend: { labels: { color: palette.text, font, boxWidth: 9, boxHeight: 9 }, align: 'end' },
        tooltip: {
          callbacks: {
            title: ([item]) => (item === undefined ? '' : spec.formatX(Number(item.parsed.x))),
            label: (item) => `${item.dataset.label}: ${spec.formatY(Number(item.parsed.y))}`,
          },
        },
      },
    },
  };
}
