import type { Exchange } from '../../../../core/model.ts';
import { eachBin, lowerBound } from '../../../../core/timeline/density.ts';
import { eachExchange } from '../../../../core/timeline/lane.ts';
import { type Look, lookOf, type Phases, phasesOf } from '../../../../core/timeline/phases.ts';
import type { Scene, SceneLane, Track } from './scene.ts';

const BAR_PX = 13;
const MIN_BAR_PX = 3.5;
/** Requests closer than this on average are drawn as columns of shares. */
const DENSE_PX = 5;
const COLUMN_PX = 3;
/** Of a column that holds more, so many speak for all. */
const SAMPLE = 32;
/** Requests at the same time lie below each other, in so many rows at most. */
const MAX_ROWS = 3;

/** Each request a bar: queued a thin line, waiting pale, receiving solid; one in vain is hollow. */
export function drawRequests(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track): void {
  if (lane.exchanges.length === 0) return;
  if (isDense(scene, lane)) {
    drawColumns(ctx, scene, lane, track);
    return;
  }
  const bars: { phases: Phases; look: Look; row: number }[] = [];
  const rowEnds: number[] = [];
  eachExchange(lane.exchanges, scene.view, (exchange) => {
    if (exchange.streamed) return;
    const phases = phasesOf(exchange, scene.now);
    let row = rowEnds.findIndex((end) => end <= phases.queuedAt);
    if (row < 0) row = Math.min(rowEnds.length, MAX_ROWS - 1);
    rowEnds[row] = phases.endedAt;
    bars.push({ phases, look: lookOf(exchange, lane.isPoll), row });
  });
  const rows = Math.max(rowEnds.length, 1);
  const pitch = rows === 1 ? BAR_PX : (track.height - 6) / rows;
  const height = rows === 1 ? BAR_PX : pitch - 2;
  const top = track.top + (track.height - pitch * rows) / 2;
  for (const { phases, look, row } of bars)
    drawBar(ctx, scene, lane.color, track, phases, look, top + row * pitch, height);
}

export function isDense({ view, width }: Scene, { exchanges }: Pick<SceneLane, 'exchanges'>): boolean {
  const starts = { length: exchanges.length, timeAt: (i: number) => exchanges[i]!.startedAt };
  const inView = lowerBound(starts, view.to) - lowerBound(starts, view.from);
  return inView > width / DENSE_PX;
}

function drawBar(
  ctx: CanvasRenderingContext2D,
  { palette }: Scene,
  color: string,
  { x }: Track,
  { queuedAt, sentAt, respondedAt, endedAt }: Phases,
  look: Look,
  top: number,
  height: number,
): void {
  const [q, s, r] = [x(queuedAt), x(sentAt), x(respondedAt)];
  const e = Math.max(x(endedAt), s + MIN_BAR_PX);
  const paintColor = look === 'wasted' ? palette.wasted : look === 'failed' ? palette.record : color;
  if (s - q >= 1) {
    ctx.fillStyle = palette.muted;
    ctx.fillRect(q, top + height / 2 - 0.5, s - q, 1);
    ctx.fillRect(q, top + height / 4, 1, height / 2);
  }
  ctx.fillStyle = paintColor;
  ctx.strokeStyle = paintColor;
  ctx.lineWidth = 1.25;
  if (look === 'wasted') {
    ctx.strokeRect(s + 0.6, top + 0.6, Math.max(e - s - 1.2, 2), height - 1.2);
    return;
  }
  ctx.globalAlpha = 0.28;
  ctx.fillRect(s, top, e - s, height);
  ctx.globalAlpha = 1;
  if (look !== 'pending') ctx.fillRect(Math.min(r, e - 2), top, Math.max(e - r, 2), height);
  outline(ctx, s, top, e, height, look === 'pending' || look === 'aborted');
  if (look === 'failed' || look === 'aborted') cross(ctx, palette.record, e, top + height / 2);
}

/** Open at the right while it is under way, or when it never came to an end. */
function outline(
  ctx: CanvasRenderingContext2D,
  s: number,
  top: number,
  e: number,
  height: number,
  open: boolean,
): void {
  ctx.beginPath();
  ctx.moveTo(e, top + 0.5);
  ctx.lineTo(s + 0.5, top + 0.5);
  ctx.lineTo(s + 0.5, top + height - 0.5);
  ctx.lineTo(e, top + height - 0.5);
  if (!open) ctx.closePath();
  ctx.lineWidth = 1;
  ctx.stroke();
}

export function cross(ctx: CanvasRenderingContext2D, color: string, x: number, y: number): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (const side of [-1, 1]) {
    ctx.moveTo(x - 3, y - 3 * side);
    ctx.lineTo(x + 3, y + 3 * side);
  }
  ctx.stroke();
}

/** Too many for bars: columns as high as requests are many, filled as far as they brought something, hollow above. */
function drawColumns(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track): void {
  const { exchanges, isPoll, color } = lane;
  const starts = { length: exchanges.length, timeAt: (i: number) => exchanges[i]!.startedAt };
  const columns: { bin: number; n: number; filled: number; failed: number }[] = [];
  const bins = Math.ceil(scene.width / COLUMN_PX);
  eachBin(starts, scene.view, bins, (bin, first, end) => {
    columns.push({ bin, n: end - first, ...shares(exchanges, isPoll, first, end) });
  });
  const most = columns.reduce((max, { n }) => Math.max(max, n), 1);
  const room = track.height - 8;
  for (const { bin, n, filled, failed } of columns) {
    const height = Math.max((n / most) * room, 3);
    const bottom = track.top + track.height - 4;
    const x = track.left + bin * COLUMN_PX;
    ctx.fillStyle = scene.palette.wasted;
    ctx.globalAlpha = 0.35;
    ctx.fillRect(x, bottom - height, COLUMN_PX - 1, height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = color;
    ctx.fillRect(x, bottom - height * filled, COLUMN_PX - 1, height * filled);
    ctx.fillStyle = scene.palette.record;
    ctx.fillRect(x, bottom - height * (filled + failed), COLUMN_PX - 1, height * failed);
  }
}

function shares(
  exchanges: readonly Exchange[],
  isPoll: boolean,
  first: number,
  end: number,
): { filled: number; failed: number } {
  const step = Math.max(1, Math.floor((end - first) / SAMPLE));
  let [looked, wasted, failed] = [0, 0, 0];
  for (let i = first; i < end; i += step) {
    const look = lookOf(exchanges[i]!, isPoll);
    looked++;
    if (look === 'wasted') wasted++;
    else if (look === 'failed') failed++;
  }
  return { filled: (looked - wasted - failed) / looked, failed: failed / looked };
}
