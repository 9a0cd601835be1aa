import { ticksOf } from '../../../../core/timeline/ticks.ts';
import { xOf } from '../../../../core/timeline/viewport.ts';
import { RULER_PX, type Scene } from './scene.ts';

const LABEL_GAP_PX = 84;

/** The time axis at the top, its lines down through the lanes, and the chosen range on it. */
export function drawRuler(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { view, left, width, height, palette, range } = scene;
  const { stepMs, at } = ticksOf(view, width, LABEL_GAP_PX, scene.originMs);
  ctx.globalAlpha = 0.55;
  ctx.fillStyle = palette.line;
  for (const tick of at) ctx.fillRect(Math.round(left + xOf(view, tick, width)), RULER_PX, 1, height - RULER_PX);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.surface;
  ctx.fillRect(0, 0, left + width, RULER_PX);
  if (range !== null) {
    const x0 = Math.max(left + xOf(view, range.from, width), left);
    const x1 = Math.min(left + xOf(view, range.to, width), left + width);
    ctx.fillStyle = palette.selected;
    if (x1 > x0) ctx.fillRect(x0, 0, x1 - x0, RULER_PX - 1);
  }
  ctx.fillStyle = palette.line;
  ctx.fillRect(0, RULER_PX - 1, left + width, 1);
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  for (const tick of at) {
    const x = Math.round(left + xOf(view, tick, width));
    ctx.fillStyle = palette.line;
    ctx.fillRect(x, RULER_PX - 6, 1, 6);
    ctx.fillStyle = palette.muted;
    // A label that would be cut off at the edge says nothing.
    const label = scene.formatTick(tick, stepMs);
    if (x + 4 + ctx.measureText(label).width < left + width) ctx.fillText(label, x + 4, RULER_PX / 2 - 1);
  }
}
