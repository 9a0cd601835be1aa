import type { CDPSession, Frame } from 'puppeteer-core';
import { atMost, type Goal, ms } from './table.ts';

/** How smoothly the panel ran for a while. Times in ms. */
export interface Smoothness {
  frames: number;
  p50Ms: number;
  p95Ms: number;
  worstMs: number;
  /** Tasks longer than 50 ms, and the longest task of those. */
  longTasks: number;
  longestTaskMs: number;
  /** CPU of the panel's main thread a frame. */
  cpuMsPerFrame: number;
}

interface Watch {
  stamps: number[];
  tasks: number[];
  stop(): void;
}
type Watched = Window & { transportLensFrames: Watch };

/** Watches the panel's frames while `run` goes on. */
export async function watchFrames(panel: Frame, cdp: CDPSession, run: () => Promise<void>): Promise<Smoothness> {
  await panel.evaluate(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)));
    observer.observe({ type: 'longtask' });
    const stamps: number[] = [];
    let frame = requestAnimationFrame(function next(at) {
      stamps.push(at);
      frame = requestAnimationFrame(next);
    });
    const stop = () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
    (window as unknown as Watched).transportLensFrames = { stamps, tasks, stop };
  });
  const before = await threadSeconds(cdp);
  await run();
  const cpuMs = 1000 * ((await threadSeconds(cdp)) - before);
  const { stamps, tasks } = await panel.evaluate(() => {
    const seen = (window as unknown as Watched).transportLensFrames;
    seen.stop();
    return { stamps: seen.stamps, tasks: seen.tasks };
  });
  const gaps = stamps.slice(1).map((at, i) => at - stamps[i]!);
  gaps.sort((a, b) => a - b);
  const at = (share: number) => gaps[Math.min(Math.floor(gaps.length * share), gaps.length - 1)] ?? Number.NaN;
  return {
    frames: gaps.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    worstMs: at(1),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
    cpuMsPerFrame: cpuMs / Math.max(gaps.length, 1),
  };
}

/** CPU that the main thread of the panel's process has taken. */
export async function threadSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN;
}

/** All of it in words. */
export const smoothness = (s: Smoothness): string =>
  `frames p50 ${ms(s.p50Ms)}, p95 ${ms(s.p95Ms)}, worst ${ms(s.worstMs)}; ` +
  `${s.longTasks} tasks > 50 ms${s.longTasks > 0 ? `, longest ${ms(s.longestTaskMs)}` : ''}; CPU ${ms(s.cpuMsPerFrame)} a frame`;

/** A page is told times in steps of 0.1 ms: two frames 16.7 ms apart may read 16.8. */
const CLOCK_STEP_MS = 0.1;

/** Sixty frames a second, and no task that could be felt. */
export const isSmooth = ({ p95Ms, longTasks }: Smoothness): Goal => {
  const { is, met } = atMost(p95Ms - CLOCK_STEP_MS, 16.7, 'p95 ');
  return { is: `${is}, no task > 50 ms`, met: met && longTasks === 0 };
};
