import type { Frame } from 'puppeteer-core';
import type { Bench } from './main.ts';
import { atMost, ms } from './table.ts';

/** Slow traffic, so that there is something new to draw and nothing else to do. */
const PER_SECOND = 50;
const SECONDS = 8;

type Drawing = Window & { transportLensDrawn: { frameMs: number[] } };

/** Updates of the charts in sight, each of which has an animation frame of its own. */
export async function measureCharts({ panel, flood, table }: Bench): Promise<void> {
  await panel.evaluate(() => document.querySelector<HTMLElement>('#tab-charts')!.click());
  await panel.waitForSelector('.chart canvas');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await watchDrawing(panel);
  await flood.run(PER_SECOND, SECONDS);
  const frameMs = await panel.evaluate(() => (window as unknown as Drawing).transportLensDrawn.frameMs);
  frameMs.sort((a, b) => a - b);
  const at = (share: number) => frameMs[Math.floor((frameMs.length - 1) * share)] ?? Number.NaN;
  const told = `p50 ${ms(at(0.5))}, p95 ${ms(at(0.95))} (${frameMs.length} updates)`;
  table.tell('chart update, all channels', told, atMost(at(0.5), 5, 'p50 '));
}

/** Times the animation callbacks that draw a chart, with what they leave to do before the next callback. */
const watchDrawing = (panel: Frame): Promise<void> =>
  panel.evaluate(() => {
    const { requestAnimationFrame: request } = window;
    const frameMs: number[] = [];
    let begun = 0;
    let draws = false;
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...rectangle) {
      draws ||= this.canvas.closest('.chart') !== null;
      return clearRect.apply(this, rectangle);
    };
    window.requestAnimationFrame = (callback) => {
      request(() => {
        begun = performance.now();
        draws = false;
      });
      const id = request(callback);
      request(() => {
        if (draws) frameMs.push(performance.now() - begun);
      });
      return id;
    };
    (window as unknown as Drawing).transportLensDrawn = { frameMs };
  });
