import type { Exchange } from '../../../../core/model.ts';
import { eachBin, lowerBound } from '../../../../core/timeline/density.ts';
import { eachExchange } from '../../../../core/timeline/lane.ts';
import { lookOf, phasesOf } from '../../../../core/timeline/phases.ts';
import { cross, drawRequests, isDense } from './requests.ts';
import type { Scene, SceneLane, Track } from './scene.ts';
import { drawLines, drawStream, eachMessagePixel } from './stream.ts';

/** Beside narrower names of channels the names of the lines would cover them. */
const ROOM_FOR_NAMES_PX = 160;
const MARGIN_PX = 13;
const HOLD_PX = 5;
const MIN_HOLD_PX = 4;
/** Arrows closer than this on average would be one blot. */
const DENSE_PX = 4;

/**
 * The textbooks' diagram: the server's line above, the page's below, time to the right. A request goes up, is held there (hollow
 * when in vain), its answer comes down. An event whose server stamp is known slants from when it happened to when it arrived;
 * nothing else slants, because nobody measured how long one way takes.
 */
export function drawDiagram(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track): void {
  const messages = lane.messages;
  const inView = lowerBound(messages, scene.view.to) - lowerBound(messages, scene.view.from);
  if (isDense(scene, lane) || inView > scene.width / DENSE_PX) {
    drawRequests(ctx, scene, lane, track);
    drawStream(ctx, scene, lane, track);
    return;
  }
  const server = track.top + MARGIN_PX;
  const page = track.top + track.height - MARGIN_PX;
  ctx.fillStyle = scene.palette.line;
  for (const y of [server, page]) ctx.fillRect(track.left, y - 0.5, track.right - track.left, 1);
  drawEvents(ctx, scene, lane, track, server, page);
  drawLines(ctx, scene, lane, track, page);
  drawLines(ctx, scene, lane, track, server);
  drawMessages(ctx, scene, lane, track, server, page);
  eachExchange(lane.exchanges, scene.view, (exchange) => drawExchange(ctx, scene, lane, track, exchange, server, page));
}

/** Says beside a lane which of its lines is whose. */
export function nameLines(ctx: CanvasRenderingContext2D, { palette, lineNames }: Scene, track: Track): void {
  ctx.font = `10px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.muted;
  const bottom = track.top + track.height;
  if (track.left < ROOM_FOR_NAMES_PX) {
    // The channel's own name needs all of the space beside the lane: above and below the lines there is some left.
    ctx.fillText(lineNames.server, track.left + 4, track.top + MARGIN_PX / 2);
    ctx.fillText(lineNames.page, track.left + 4, bottom - MARGIN_PX / 2);
    return;
  }
  ctx.textAlign = 'end';
  ctx.fillText(lineNames.server, track.left - 6, track.top + MARGIN_PX);
  ctx.fillText(lineNames.page, track.left - 6, bottom - MARGIN_PX);
  ctx.textAlign = 'start';
}

function drawExchange(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  lane: SceneLane,
  { x }: Track,
  exchange: Exchange,
  server: number,
  page: number,
): void {
  const { palette, now } = scene;
  const { sentAt, respondedAt, endedAt, isOver } = phasesOf(exchange, now);
  const look = lookOf(exchange, lane.isPoll);
  const color = look === 'wasted' ? palette.wasted : look === 'failed' ? palette.record : lane.color;
  const s = x(sentAt);
  const answered = exchange.respondedAt !== null;
  const r = Math.max(x(respondedAt), s + MIN_HOLD_PX);
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = 1.25;
  arrow(ctx, s, page, s, server + HOLD_PX / 2);
  if (look === 'wasted') ctx.strokeRect(s, server - HOLD_PX / 2, r - s, HOLD_PX);
  else ctx.fillRect(s, server - HOLD_PX / 2, r - s, HOLD_PX);
  if (answered) arrow(ctx, r, server + HOLD_PX / 2, r, page);
  if (answered && x(endedAt) - r >= 1) ctx.fillRect(r, page - 1.5, x(endedAt) - r, 3);
  if (isOver && (look === 'aborted' || look === 'failed')) cross(ctx, palette.record, Math.max(x(endedAt), r), page);
}

/** From when the server says it happened to when the page had it. */
function drawEvents(
  ctx: CanvasRenderingContext2D,
  { view, width }: Scene,
  lane: SceneLane,
  { x, left }: Track,
  server: number,
  page: number,
): void {
  const { receivedAt, delayMs } = lane.latency;
  const received = { length: receivedAt.length, timeAt: (i: number) => receivedAt[i]! };
  ctx.strokeStyle = lane.color;
  ctx.fillStyle = lane.color;
  ctx.lineWidth = 1;
  // One that arrives after the view may have happened within it; beyond a screen's width nobody would follow its line.
  const reach = { from: view.from, to: view.to + (view.to - view.from) };
  eachBin(received, reach, Math.round((2 * width) / DENSE_PX), (_, first) => {
    const to = x(receivedAt[first]!);
    const from = Math.max(x(receivedAt[first]! - delayMs[first]!), left - 4 * width);
    ctx.globalAlpha = 0.75;
    ctx.beginPath();
    ctx.moveTo(from, server);
    ctx.lineTo(to, page);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.arc(from, server, 2.5, 0, 2 * Math.PI);
    ctx.fill();
  });
}

/** Arrows between the lines; where stamps tell the way of an event, its arrival needs but a mark. */
function drawMessages(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  lane: SceneLane,
  track: Track,
  server: number,
  page: number,
): void {
  const isStamped = lane.latency.delayMs.length > 0;
  ctx.strokeStyle = lane.color;
  ctx.fillStyle = lane.color;
  ctx.lineWidth = 1.25;
  eachMessagePixel(scene, lane, (px, _, received, sent) => {
    const x = track.left + px + 0.5;
    if (received && isStamped) head(ctx, x, page, 1);
    else if (received) arrow(ctx, x, server, x, page);
    if (sent) arrow(ctx, x, page, x, server);
  });
}

function arrow(ctx: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
  head(ctx, x1, y1, Math.sign(y1 - y0));
}

/** An arrowhead with its tip at x, y; `way` 1: downwards. */
function head(ctx: CanvasRenderingContext2D, x: number, y: number, way: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x - 3, y - 5 * way);
  ctx.lineTo(x + 3, y - 5 * way);
  ctx.closePath();
  ctx.fill();
}
