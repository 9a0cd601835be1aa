import { effect } from '@preact/signals';
import { endingAt } from '../../../core/timeline/viewport.ts';
import { readPalette } from '../../charts/palette.ts';
import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { themeVersion } from '../../theme.ts';
import { language, t } from '../../words/t.ts';
import { tickLabel } from '../../words/times.ts';
import { paint } from './draw/paint.ts';
import type { LaneStyle, Scene, SceneLane } from './draw/scene.ts';
import { sceneLanes } from './lanes.ts';
import type { TimelineState } from './state.ts';

/** Where the canvas stands; read when it is drawn. */
export interface Layout {
  width: number;
  height: number;
  left: number;
  scrollTop: number;
  style: LaneStyle;
}

/**
 * Keeps a canvas showing the timeline: one drawing an animation frame at most, and none while nothing changes. Returns the scene drawn
 * last, a way to ask for another drawing, and how to end it.
 */
export function createPainter(canvas: HTMLCanvasElement, store: Store, state: TimelineState, layout: () => Layout) {
  const ctx = canvas.getContext('2d')!;
  let palette = readPalette();
  let hatch = hatchOf(ctx, palette.muted);
  let lanes: SceneLane[] = [];
  let scene: Scene | null = null;
  let frame = 0;
  let timer = 0;
  /** The axis moves on with the clock: that is being drawn already. */
  let moves = false;

  function draw(): void {
    frame = 0;
    const { width, height, left, scrollTop, style } = layout();
    const tracks = width - left;
    if (tracks < 8 || height < 8) return;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const { now, againMs } = state.tick(tracks);
    if (state.follow.peek() && state.view.peek().to !== now) {
      moves = true;
      state.view.value = endingAt(state.view.peek(), now);
      moves = false;
    }
    const { timeFormat } = settings.peek();
    const { startedAt } = store.log;
    // Round times of day, or round times since the capture began.
    const originMs = timeFormat === 'relative' ? startedAt : 0;
    scene = {
      ...{
        view: state.view.peek(),
        left,
        width: tracks,
        height,
        scrollTop,
        style,
        lanes,
        now,
        originMs,
        palette,
        hatch,
      },
      messages: store.log.history.messages,
      lineNames: { server: t('timeline_server'), page: t('timeline_page') },
      selectedId: store.selectedId.peek(),
      range: store.range.peek(),
      formatTick: (at, stepMs) => tickLabel(at, stepMs, startedAt, timeFormat),
    };
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(ctx, scene);
    clearTimeout(timer);
    if (againMs !== null) timer = window.setTimeout(schedule, againMs);
  }
  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  const stops = [
    effect(() => {
      themeVersion.value;
      palette = readPalette();
      hatch = hatchOf(ctx, palette.muted);
      lanes = sceneLanes(store.log, store.shown.value, palette);
      schedule();
    }),
    effect(() => {
      for (const signal of [store.version, store.range, store.selectedId, state.view, state.follow, settings])
        signal.value;
      language();
      if (!moves) schedule();
    }),
  ];
  return {
    schedule,
    scene: () => scene,
    stop() {
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    },
  };
}

/** Slanted stripes, so that a hidden page does not show by colour alone. */
function hatchOf(ctx: CanvasRenderingContext2D, color: string): CanvasPattern | string {
  const tile = new OffscreenCanvas(6, 6);
  const tileCtx = tile.getContext('2d')!;
  tileCtx.strokeStyle = color;
  tileCtx.globalAlpha = 0.35;
  tileCtx.beginPath();
  for (const shift of [-6, 0, 6]) {
    tileCtx.moveTo(shift, 6);
    tileCtx.lineTo(shift + 6, 0);
  }
  tileCtx.stroke();
  return ctx.createPattern(tile, 'repeat') ?? color;
}
