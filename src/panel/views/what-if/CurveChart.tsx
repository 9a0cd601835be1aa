import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { WhatIfTable } from '../../analysis/messages.ts';
import type { ChartIsland } from '../../charts/mount.ts';
import { readPalette } from '../../charts/palette.ts';
import { themeVersion } from '../../theme.ts';
import { language, t } from '../../words/t.ts';
import { FigureTable } from '../charts/FigureTable.tsx';
import { type Curve, curveFigure } from './curves.ts';
import '../charts/charts.css';

/** One curve, or its figures. */
export function CurveChart({ table, curve }: { table: WhatIfTable; curve: Curve }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const island = useRef<ChartIsland | null>(null);
  const asTable = useSignal(false);
  const title = t(curve.title);
  const [theme, tongue, isTable] = [themeVersion.value, language(), asTable.value];

  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const { mountChart } = await import('../../charts/mount.ts');
      if (isGone || canvas.current === null) return;
      const palette = readPalette();
      island.current ??= mountChart(canvas.current);
      island.current.update(curveFigure(table, curve, palette).spec, palette);
    };
    if (!isTable) void draw();
    return () => {
      isGone = true;
    };
  }, [table, curve, theme, tongue, isTable]);
  // A canvas that gives way to the table takes its chart with it.
  useEffect(
    () => () => {
      island.current?.destroy();
      island.current = null;
    },
    [isTable],
  );

  return (
    <figure class="chart" data-curve={curve.id}>
      <figcaption>
        <span class="chart__title">{title}</span>
        <button
          type="button"
          class="chart__button"
          aria-pressed={isTable}
          aria-label={t('chart_asTable', title)}
          onClick={() => {
            asTable.value = !asTable.peek();
          }}
        >
          {t('asTable')}
        </button>
      </figcaption>
      {isTable ? (
        <FigureTable title={title} table={curveFigure(table, curve, readPalette()).table} />
      ) : (
        <div class="chart__canvas">
          <canvas ref={canvas} role="img" aria-label={t('chart_label', title)} />
        </div>
      )}
    </figure>
  );
}
