import { useEffect, useRef } from 'preact/hooks';
import { mergeSeries, type Series } from '../../../core/series.ts';
import { mountChart } from '../../charts/mount.ts';
import { readPalette } from '../../charts/palette.ts';
import { bytesSpec, latencySpec, requestsSpec } from '../../charts/specs.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { transportName } from '../../words/transports.ts';
import './charts.css';

/** Charts are read, not watched: twice a second is live enough. */
const REDRAW_MS = 500;
const LATENCY_SECONDS = 60;

/** The last minute in three charts, of the selected channel or of all. */
export function ChartsView({ store }: { store: Store }) {
  const requests = useRef<HTMLCanvasElement>(null);
  const bytes = useRef<HTMLCanvasElement>(null);
  const latency = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const islands = [requests, bytes, latency].map((ref) => mountChart(ref.current!));
    const draw = () => {
      const palette = readPalette();
      const { log } = store;
      const series = lastMinute(store);
      const shown = store.channels
        .peek()
        .filter(({ id, latency }) => latency.samples > 0 && [null, id].includes(store.selectedId.peek()));
      const sets = shown.map(({ id, transport }) => {
        const { receivedAt, delayMs } = log.channels.find((channel) => channel.id === id)!.latency;
        return { label: transportName(transport), transport, receivedAt, delayMs };
      });
      islands[0]!.update(requestsSpec(series, palette), palette);
      islands[1]!.update(bytesSpec(series, palette), palette);
      islands[2]!.update(latencySpec(sets, log.now, LATENCY_SECONDS, palette), palette);
    };
    draw();
    const timer = setInterval(draw, REDRAW_MS);
    const unsubscribe = store.selectedId.subscribe(draw);
    return () => {
      clearInterval(timer);
      unsubscribe();
      for (const island of islands) island.destroy();
    };
  }, [store]);

  return (
    <div class="charts">
      <Figure caption={t('chart_requests')} canvas={requests} />
      <Figure caption={t('chart_bytes')} canvas={bytes} />
      <Figure caption={t('chart_latency')} canvas={latency} />
    </div>
  );
}

function lastMinute({ log, selectedId }: Store): Series {
  const to = Math.floor(log.now / 1000);
  const shown = log.channels.filter(({ id }) => [null, id].includes(selectedId.peek()));
  return mergeSeries(
    shown.map(({ series }) => series),
    to - LATENCY_SECONDS + 1,
    to,
  );
}

function Figure({ caption, canvas }: { caption: string; canvas: { current: HTMLCanvasElement | null } }) {
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      <div class="charts__canvas">
        <canvas ref={canvas} role="img" aria-label={caption} />
      </div>
    </figure>
  );
}
