import { eachBin } from '../../../../core/timeline/density.ts';
import { eachExchange } from '../../../../core/timeline/lane.ts';
import { phasesOf } from '../../../../core/timeline/phases.ts';
import { cross } from './requests.ts';
import type { Scene, SceneLane, Track } from './scene.ts';

/** Of a pixel that holds more messages, so many tell which way they went. */
const SAMPLE = 8;
const TICK_PX = 7;
const MAX_TICK_PX = 12;

/** A connection as a line while it is open, dashed while it is being made, with a gap in red where it was lost; messages as ticks on it. */
export function drawStream(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track): void {
  const y = Math.round(track.top + track.height / 2);
  drawLines(ctx, scene, lane, track, y);
  drawTicks(ctx, scene, lane, track, y);
}

export function drawLines(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track, y: number): void {
  const { palette, now, view } = scene;
  const { x } = track;
  const line = (from: number, to: number, color: string, thickness: number, dash: number[]) => {
    if (to < view.from || from > view.to) return;
    ctx.strokeStyle = color;
    ctx.lineWidth = thickness;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(Math.max(x(from), track.left - 10), y);
    ctx.lineTo(Math.min(x(to), track.right + 10), y);
    ctx.stroke();
    ctx.setLineDash([]);
  };
  for (const connection of lane.connections) {
    const { startedAt, closedAt, spans, closeCode, wasClean } = connection;
    const firstOpen = spans[0]?.from ?? closedAt ?? now;
    line(startedAt, firstOpen, palette.muted, 2, [2, 2]);
    for (const { from, to } of spans) line(from, to ?? now, lane.color, 2, []);
    if (closedAt !== null && closedAt >= view.from && closedAt <= view.to) {
      const failed = wasClean === false && closeCode !== 1000 && connection.api !== 'event-source';
      if (failed) cross(ctx, palette.record, x(closedAt), y);
      else endMark(ctx, lane.color, x(closedAt), y);
    }
  }
  for (const { from, to } of lane.gaps) line(from, to ?? now, palette.record, 2, [4, 3]);
  eachExchange(lane.exchanges, view, (exchange) => {
    if (!exchange.streamed) return;
    const { queuedAt, respondedAt, endedAt, isOver } = phasesOf(exchange, now);
    line(queuedAt, respondedAt, palette.muted, 2, [2, 2]);
    line(respondedAt, endedAt, lane.color, 2, []);
    if (isOver) endMark(ctx, lane.color, x(endedAt), y);
  });
}

function endMark(ctx: CanvasRenderingContext2D, color: string, x: number, y: number): void {
  ctx.fillStyle = color;
  ctx.fillRect(x - 1, y - 5, 2, 10);
}

/** Received above the line, sent below it; longer where more fall on one pixel. */
function drawTicks(ctx: CanvasRenderingContext2D, scene: Scene, lane: SceneLane, track: Track, y: number): void {
  ctx.fillStyle = lane.color;
  eachMessagePixel(scene, lane, (x, count, received, sent) => {
    const length = Math.min(TICK_PX + Math.log2(count) * 1.5, MAX_TICK_PX);
    if (received) ctx.fillRect(track.left + x, y - 1 - length, 1.5, length);
    if (sent) ctx.fillRect(track.left + x, y + 1, 1.5, length);
  });
}

/** Calls back for every pixel on which messages lie: how many, and which ways they went. */
export function eachMessagePixel(
  { view, width, messages }: Scene,
  lane: SceneLane,
  visit: (x: number, count: number, received: boolean, sent: boolean) => void,
): void {
  eachBin(lane.messages, view, Math.max(Math.round(width), 1), (bin, first, end) => {
    let received = false;
    let sent = false;
    for (let i = first; i < Math.min(end, first + SAMPLE); i++) {
      if (messages.isSent(lane.messages.seqAt(i))) sent = true;
      else received = true;
    }
    visit(bin, end - first, received, sent);
  });
}
