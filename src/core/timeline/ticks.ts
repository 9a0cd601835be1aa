import { spanOf, type Viewport } from './viewport.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps of a time axis that people read at a glance. */
const STEPS_MS = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((n) => n * HOUR),
];

/** Instants to label on an axis of `width` px, `minGapPx` or more apart. `originMs`: where round times are counted from. */
export function ticksOf(
  view: Viewport,
  width: number,
  minGapPx: number,
  originMs: number,
): { stepMs: number; at: number[] } {
  const least = (spanOf(view) / width) * minGapPx;
  const stepMs = STEPS_MS.find((step) => step >= least) ?? STEPS_MS.at(-1)!;
  const at: number[] = [];
  for (let i = Math.ceil((view.from - originMs) / stepMs); originMs + i * stepMs <= view.to; i++)
    at.push(originMs + i * stepMs);
  return { stepMs, at };
}
