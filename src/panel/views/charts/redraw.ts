import { effect } from '@preact/signals';
import type { Store } from '../../store.ts';
import { themeVersion } from '../../theme.ts';
import { language } from '../../words/t.ts';

/** Charts are read, not watched: once a second is live enough. */
const REDRAW_MS = 1000;

const queue: (() => void)[] = [];
let frame = 0;

/** One chart an animation frame: seven at once would be a long task. */
function drawNext(): void {
  queue.shift()?.();
  frame = queue.length > 0 ? requestAnimationFrame(drawNext) : 0;
}

/** Draws now, and again when there is news, no more than once a second and only while it is in sight. Returns how to stop. */
export function redrawOn(element: HTMLElement, store: Store, draw: () => void): () => void {
  let drawnAt = -Infinity;
  let timer = 0;
  let isInSight = false;
  let isStale = true;

  const now = () => {
    if (!isInSight) return;
    isStale = false;
    drawnAt = performance.now();
    draw();
  };
  const soon = () => {
    isStale = true;
    clearTimeout(timer);
    const waitMs = Math.max(drawnAt + REDRAW_MS - performance.now(), 0);
    timer = window.setTimeout(() => {
      if (!queue.includes(now)) queue.push(now);
      if (frame === 0) frame = requestAnimationFrame(drawNext);
    }, waitMs);
  };
  const observer = new IntersectionObserver(([entry]) => {
    isInSight = entry?.isIntersecting === true;
    if (isInSight && isStale) soon();
  });
  observer.observe(element);
  const stops = [
    effect(() => {
      store.shown.value;
      soon();
    }),
    effect(() => {
      themeVersion.value;
      language();
      store.range.value;
      drawnAt = -Infinity;
      soon();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    observer.disconnect();
    clearTimeout(timer);
    if (queue.includes(now)) queue.splice(queue.indexOf(now), 1);
  };
}
