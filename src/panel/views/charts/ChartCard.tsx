import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { csvLine } from '../../../core/session/csv/cells.ts';
import type { ChartEntry } from '../../charts/figures/figures.ts';
import type { ChartIsland } from '../../charts/mount.ts';
import { readPalette } from '../../charts/palette.ts';
import type { Figure } from '../../charts/spec.ts';
import { download, downloadText } from '../../download.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { Icon } from '../layout/IconButton.tsx';
import { FigureTable } from './FigureTable.tsx';
import { redrawOn } from './redraw.ts';
import { type Only, scopeOf } from './scope-of.ts';

/** Chart.js is the better half of the panel's script: it is fetched when the first chart is drawn, and from then on at hand. */
let mountChart: ((canvas: HTMLCanvasElement) => ChartIsland) | null = null;

/** One chart, its table, and both as files. */
export function ChartCard({ entry, store, only }: { entry: ChartEntry; store: Store; only: Only }) {
  const card = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const asTable = useSignal(false);
  const table = useSignal<Figure['table'] | null>(null);
  const title = t(entry.title);
  const { channelId, transport, minutes } = only;

  useEffect(() => {
    let island: ChartIsland | null = null;
    let isGone = false;
    const draw = async () => {
      const palette = readPalette();
      const figure = entry.make(scopeOf(store, only, palette));
      if (asTable.value) {
        table.value = figure.table;
        return;
      }
      mountChart ??= (await import('../../charts/mount.ts')).mountChart;
      if (isGone || canvas.current === null) return;
      island ??= mountChart(canvas.current);
      island.update(figure.spec, palette);
    };
    const stop = redrawOn(card.current!, store, () => void draw());
    return () => {
      isGone = true;
      stop();
      island?.destroy();
    };
  }, [store, entry, channelId, transport, minutes, asTable.value]);

  const saveCsv = () => {
    const { columns, rows } = entry.make(scopeOf(store, only, readPalette())).table;
    void downloadText([csvLine(columns), ...rows.map(csvLine)], `${entry.id}.csv`, 'text/csv');
  };
  return (
    <figure ref={card} class="chart" data-chart={entry.id}>
      <figcaption>
        <span class="chart__title">{title}</span>
        <button
          type="button"
          class="chart__button"
          aria-pressed={asTable.value}
          aria-label={t('chart_asTable', title)}
          onClick={() => {
            table.value = null;
            asTable.value = !asTable.value;
          }}
        >
          {t('asTable')}
        </button>
        {!asTable.value && (
          <button
            type="button"
            class="chart__button"
            aria-label={t('chart_save', title, 'PNG')}
            onClick={() => void savePng(canvas.current!, entry.id)}
          >
            <Icon name="save" />
            PNG
          </button>
        )}
        <button type="button" class="chart__button" aria-label={t('chart_save', title, 'CSV')} onClick={saveCsv}>
          <Icon name="save" />
          CSV
        </button>
      </figcaption>
      {asTable.value ? (
        <FigureTable title={title} table={table.value} />
      ) : (
        <div class="chart__canvas">
          <canvas ref={canvas} role="img" aria-label={t('chart_label', title)} />
        </div>
      )}
    </figure>
  );
}

/** The chart on the panel's background: a picture without one is unreadable on another. */
async function savePng(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const ctx = copy.getContext('2d')!;
  ctx.fillStyle = readPalette().background;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(canvas, 0, 0);
  download(await copy.convertToBlob({ type: 'image/png' }), `${name}.png`);
}
