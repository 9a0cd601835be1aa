import { signal } from '@preact/signals';
import { extentOf } from '../../../core/timeline/lane.ts';
import { endingAt, fitTo, pan, spanOf, type Viewport, zoom } from '../../../core/timeline/viewport.ts';
import type { Store } from '../../store.ts';

const INITIAL_SPAN_MS = 30_000;
/** So long after the last event the axis still moves on by itself. */
const QUIET_MS = 2000;
/** While something is held or open but says nothing, it moves once a second; when nothing is, not at all. */
const SLOW_STEP_MS = 1000;
const FAST_STEP_MS = 50;

/** Where the timeline looks, and whether it follows what comes. Kept while other views are shown. */
export interface TimelineState {
  readonly view: { value: Viewport; peek(): Viewport };
  readonly follow: { value: boolean; peek(): boolean };
  zoomBy(factor: number, around?: number): void;
  panBy(ms: number): void;
  show(view: Viewport): void;
  fitAll(): void;
  goLive(): void;
  /** The instant that is "now" on screen, and in how many ms it should be drawn again (null: not by itself). */
  tick(width: number): { now: number; againMs: number | null };
}

const states = new WeakMap<Store, TimelineState>();

export function timelineOf(store: Store): TimelineState {
  const known = states.get(store) ?? createTimelineState(store);
  states.set(store, known);
  return known;
}

function createTimelineState(store: Store): TimelineState {
  const view = signal<Viewport>({ from: store.log.now - INITIAL_SPAN_MS, to: store.log.now });
  const follow = signal(true);
  const isLive = (): boolean =>
    store.opened.peek() === null && store.recorder?.recording === true && !store.paused.peek();

  function tick(width: number): { now: number; againMs: number | null } {
    const { last, isUnderWay } = extentOf(store.log);
    if (!isLive()) return { now: store.opened.peek() === null ? last : store.log.now, againMs: null };
    const clock = Date.now();
    if (clock - last < QUIET_MS) return { now: clock, againMs: Math.max(FAST_STEP_MS, spanOf(view.peek()) / width) };
    if (isUnderWay) return { now: clock, againMs: SLOW_STEP_MS };
    return { now: last + QUIET_MS, againMs: null };
  }

  function look(next: Viewport): void {
    follow.value = isLive() && next.to >= tick(1).now && spanOf(next) === spanOf(view.peek());
    view.value = next;
  }

  function fitAll(): void {
    const { first, last } = extentOf(store.log);
    follow.value = false;
    view.value = fitTo(first, Math.max(last, tick(1).now));
  }

  // Another log is another axis.
  store.opened.subscribe((opened) => {
    if (opened !== null) fitAll();
    else follow.value = true;
  });

  return {
    view,
    follow,
    zoomBy(factor, around) {
      const old = view.peek();
      // What is followed stays at the right edge.
      if (follow.peek()) view.value = endingAt(zoom(old, factor, old.to), old.to);
      else view.value = zoom(old, factor, around ?? (old.from + old.to) / 2);
    },
    panBy: (ms) => look(pan(view.peek(), ms)),
    show(next) {
      follow.value = false;
      view.value = next;
    },
    fitAll,
    goLive: () => {
      follow.value = true;
    },
    tick,
  };
}
