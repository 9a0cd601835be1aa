import { hiddenSpans } from '../../../../core/timeline/gaps.ts';
import { xOf } from '../../../../core/timeline/viewport.ts';
import { drawDiagram, nameLines } from './diagram.ts';
import { drawRequests } from './requests.ts';
import { drawRuler } from './ruler.ts';
import { LANE_PX, RULER_PX, type Scene, type SceneLane, type Track } from './scene.ts';
import { drawStream } from './stream.ts';

/** Draws the visible lanes. Its cost is bounded by pixels, however many requests and messages there are. */
export function paint(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { left, width, height, palette, scrollTop, lanes } = scene;
  ctx.fillStyle = palette.background;
  ctx.fillRect(0, 0, left + width, height);
  const laneHeight = LANE_PX[scene.style];
  const first = Math.floor(scrollTop / laneHeight);
  const last = Math.ceil((scrollTop + height - RULER_PX) / laneHeight);
  const x = (at: number) => left + xOf(scene.view, at, width);
  for (let i = first; i < Math.min(last, lanes.length); i++) {
    const top = RULER_PX + i * laneHeight - scrollTop;
    drawLane(ctx, scene, lanes[i]!, { top, height: laneHeight, x, left, right: left + width });
  }
  drawRange(ctx, scene, x);
  drawRuler(ctx, scene);
}

function drawLane(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track): void {
  const { palette } = scene;
  const { top, height, left, right } = track;
  if (lane.channelId === scene.selectedId) {
    ctx.fillStyle = palette.selected;
    ctx.fillRect(0, top, right, height);
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, height);
  ctx.clip();
  for (const { from, to } of hiddenSpans(lane.document, scene.view)) {
    const [x0, x1] = [track.x(from), track.x(to ?? scene.now)];
    ctx.fillStyle = scene.hatch;
    ctx.fillRect(x0, top, x1 - x0, height);
  }
  if (scene.style === 'diagram') drawDiagram(ctx, scene, lane, track);
  else {
    drawRequests(ctx, scene, lane, track);
    drawStream(ctx, scene, lane, track);
  }
  ctx.restore();
  if (scene.style === 'diagram') nameLines(ctx, scene, track);
  ctx.fillStyle = palette.line;
  ctx.fillRect(0, top + height - 1, right, 1);
}

/** What lies outside the chosen range steps back. */
function drawRange(
  ctx: CanvasRenderingContext2D,
  { range, left, width, height, palette }: Scene,
  x: (at: number) => number,
): void {
  if (range === null) return;
  const x0 = Math.max(x(range.from), left);
  const x1 = Math.min(x(range.to), left + width);
  ctx.globalAlpha = 0.6;
  ctx.fillStyle = palette.surface;
  if (x0 > left) ctx.fillRect(left, RULER_PX, x0 - left, height);
  if (x1 < left + width) ctx.fillRect(x1, RULER_PX, left + width - x1, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.accent;
  for (const edge of [x(range.from), x(range.to)]) {
    if (edge >= left && edge <= left + width) ctx.fillRect(Math.round(edge) - 0.5, 0, 1, height);
  }
}
