import { spanOf, timeAt } from '../../../core/timeline/viewport.ts';
import type { Store } from '../../store.ts';
import { RULER_PX, type Scene } from './draw/scene.ts';
import type { TimelineState } from './state.ts';

/** A pointer that moved less was a click. */
const CLICK_PX = 4;
/** One notch of a wheel is 100 px or so: about a fifth closer. */
const ZOOM_PER_PX = 0.0022;

export interface Gestures {
  /** The pointer rests there, or (null) left. CSS pixels on the canvas. */
  onHover(point: { x: number; y: number } | null): void;
  onClick(point: { x: number; y: number }): void;
}

/**
 * Ctrl + wheel zooms around the pointer, a sideways wheel pans; dragging the lanes pans, dragging the time axis (or with Shift)
 * chooses a range, a double click on the axis gives it up. Returns how to let go of the element.
 */
export function attachGestures(
  element: HTMLElement,
  scene: () => Scene | null,
  store: Store,
  state: TimelineState,
  { onHover, onClick }: Gestures,
): () => void {
  let drag: { kind: 'pan' | 'range'; startX: number; lastX: number; fromAt: number; moved: boolean } | null = null;

  const pointOf = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const timeOf = (x: number): number | null => {
    const now = scene();
    return now === null ? null : timeAt(now.view, x - now.left, now.width);
  };

  const onWheel = (event: WheelEvent) => {
    const now = scene();
    if (now === null) return;
    const { x } = pointOf(event);
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      state.zoomBy(Math.exp(event.deltaY * ZOOM_PER_PX), timeOf(x) ?? undefined);
      return;
    }
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (sideways === 0) return;
    event.preventDefault();
    state.panBy((sideways / now.width) * spanOf(now.view));
  };

  const onPointerDown = (event: PointerEvent) => {
    const { x, y } = pointOf(event);
    const now = scene();
    if (event.button !== 0 || now === null || x < now.left) return;
    drag = {
      kind: y < RULER_PX || event.shiftKey ? 'range' : 'pan',
      startX: x,
      lastX: x,
      fromAt: timeOf(x)!,
      moved: false,
    };
    element.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const point = pointOf(event);
    const now = scene();
    if (drag === null || now === null) {
      onHover(point);
      return;
    }
    if (!drag.moved && Math.abs(point.x - drag.startX) < CLICK_PX) return;
    drag.moved = true;
    onHover(null);
    if (drag.kind === 'pan') state.panBy(((drag.lastX - point.x) / now.width) * spanOf(now.view));
    else {
      const at = timeOf(Math.min(Math.max(point.x, now.left), now.left + now.width))!;
      store.range.value = { from: Math.min(drag.fromAt, at), to: Math.max(drag.fromAt, at) };
    }
    drag.lastX = point.x;
  };
  const onPointerUp = (event: PointerEvent) => {
    if (drag !== null && !drag.moved) onClick(pointOf(event));
    drag = null;
  };
  const onLeave = () => onHover(null);
  const onDoubleClick = (event: MouseEvent) => {
    if (pointOf(event).y < RULER_PX) store.range.value = null;
  };

  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onPointerDown);
  element.addEventListener('pointermove', onPointerMove);
  element.addEventListener('pointerup', onPointerUp);
  element.addEventListener('pointerleave', onLeave);
  element.addEventListener('dblclick', onDoubleClick);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onPointerDown);
    element.removeEventListener('pointermove', onPointerMove);
    element.removeEventListener('pointerup', onPointerUp);
    element.removeEventListener('pointerleave', onLeave);
    element.removeEventListener('dblclick', onDoubleClick);
  };
}

/** Arrows pan, + and − zoom, Home shows all, End goes back to live, up and down walk the lanes. True when the key was one of these. */
export function onTimelineKey(event: KeyboardEvent, store: Store, state: TimelineState): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = spanOf(state.view.peek()) * (event.shiftKey ? 0.5 : 0.1);
  switch (event.key) {
    case 'ArrowLeft':
      state.panBy(-step);
      return true;
    case 'ArrowRight':
      state.panBy(step);
      return true;
    case '+':
    case '=':
      state.zoomBy(0.7);
      return true;
    case '-':
    case '_':
      state.zoomBy(1 / 0.7);
      return true;
    case 'Home':
      state.fitAll();
      return true;
    case 'End':
      state.goLive();
      return true;
    case 'ArrowDown':
      return walk(store, 1);
    case 'ArrowUp':
      return walk(store, -1);
    default:
      return false;
  }
}

function walk(store: Store, by: number): boolean {
  const shown = store.shown.peek();
  const at = shown.findIndex(({ id }) => id === store.selectedId.peek());
  const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)];
  if (next !== undefined) store.select(next.id);
  return true;
}
