/** The stretch of time on screen, epoch ms. */
export interface Viewport {
  from: number;
  to: number;
}

/** Nobody needs to see less; below it a pixel is shorter than a clock's reading. */
export const MIN_SPAN_MS = 2;
export const MAX_SPAN_MS = 24 * 3_600_000;

export const spanOf = ({ from, to }: Viewport): number => to - from;

export const xOf = (view: Viewport, at: number, width: number): number => ((at - view.from) / spanOf(view)) * width;

export const timeAt = (view: Viewport, x: number, width: number): number => view.from + (x / width) * spanOf(view);

/** Zooms by `factor` (below 1: in) so that the instant `around` stays where it is on screen. */
export function zoom(view: Viewport, factor: number, around: number): Viewport {
  const span = Math.min(Math.max(spanOf(view) * factor, MIN_SPAN_MS), MAX_SPAN_MS);
  const share = (around - view.from) / spanOf(view);
  return { from: around - share * span, to: around + (1 - share) * span };
}

export const pan = ({ from, to }: Viewport, byMs: number): Viewport => ({ from: from + byMs, to: to + byMs });

/** As long as before, but ending at `end`. */
export const endingAt = (view: Viewport, end: number): Viewport => pan(view, end - view.to);

/** All there is, with a little room on both sides; at least a second. */
export function fitTo(first: number, last: number): Viewport {
  const span = Math.max(last - first, 1000);
  return { from: first - span * 0.02, to: first + span * 1.02 };
}
