import type { CDPSession, Frame } from 'puppeteer-core';

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

/** Watches the panel's frames while `run` goes on. */
export async function watchFrames(panel: Frame, cdp: CDPSession, run: () => Promise<void>): Promise<Smoothness> {
  await panel.evaluate(() => {
    const seen = { stamps: [] as number[], tasks: [] as number[], stop: false };
    Object.assign(window, { transportLensFrames: seen });
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    requestAnimationFrame(function next(at) {
      seen.stamps.push(at);
      if (!seen.stop) requestAnimationFrame(next);
    });
  });
  const before = await threadSeconds(cdp);
  await run();
  const cpuMs = 1000 * ((await threadSeconds(cdp)) - before);
  const { stamps, tasks } = await panel.evaluate(() => {
    const { transportLensFrames: seen } = window as unknown as {
      transportLensFrames: { stamps: number[]; tasks: number[]; stop: boolean };
    };
    seen.stop = true;
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
