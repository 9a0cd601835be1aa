import type { Exchange } from '../../../core/model.ts';
import { lowerBound } from '../../../core/timeline/density.ts';
import type { Stretch } from '../../../core/timeline/gaps.ts';
import { eachExchange } from '../../../core/timeline/lane.ts';
import { phasesOf } from '../../../core/timeline/phases.ts';
import { spanOf, timeAt } from '../../../core/timeline/viewport.ts';
import { LANE_PX, RULER_PX, type Scene, type SceneLane } from './draw/scene.ts';

/** What lies under the pointer. `seqs`: the messages on that pixel and its neighbours. */
export type Hit = { lane: SceneLane; at: number } & (
  | { kind: 'exchange'; exchange: Exchange }
  | { kind: 'messages'; first: number; count: number }
  | { kind: 'gap'; gap: Stretch }
  | { kind: 'lane' }
);

const NEAR_PX = 4;

export function laneAt(scene: Scene, y: number): SceneLane | undefined {
  return y < RULER_PX ? undefined : scene.lanes[Math.floor((y - RULER_PX + scene.scrollTop) / LANE_PX[scene.style])];
}

/** x, y: CSS pixels on the canvas. Null above the lanes, below them, and left of their tracks. */
export function hitTest(scene: Scene, x: number, y: number): Hit | null {
  const lane = laneAt(scene, y);
  if (lane === undefined || x < scene.left) return null;
  const at = timeAt(scene.view, x - scene.left, scene.width);
  const near = (NEAR_PX / scene.width) * spanOf(scene.view);
  const first = lowerBound(lane.messages, at - near);
  const end = lowerBound(lane.messages, at + near, first);
  if (end > first) return { lane, at, kind: 'messages', first: lane.messages.seqAt(first), count: end - first };
  const exchange = exchangeAt(scene, lane, at, near);
  if (exchange !== null) return { lane, at, kind: 'exchange', exchange };
  const gap = lane.gaps.find(({ from, to }) => from <= at && at <= (to ?? scene.now));
  return gap === undefined ? { lane, at, kind: 'lane' } : { lane, at, kind: 'gap', gap };
}

/** The exchange under way then, the latest to start if there are several; or the nearest within `near` ms. */
function exchangeAt({ now }: Scene, lane: SceneLane, at: number, near: number): Exchange | null {
  let best: Exchange | null = null;
  let bestDistance = Infinity;
  eachExchange(lane.exchanges, { from: at - near, to: at + near }, (exchange) => {
    const { queuedAt, endedAt } = phasesOf(exchange, now);
    const distance = Math.max(queuedAt - at, at - endedAt, 0);
    if (distance > bestDistance) return;
    best = exchange;
    bestDistance = distance;
  });
  return best;
}
