import type { LatencySamples } from '../../../../core/metrics/latency.ts';
import type { Transport } from '../../../../core/model.ts';
import type { KnownDocument } from '../../../../core/state.ts';
import type { MessageStore } from '../../../../core/store/messages.ts';
import type { Stretch } from '../../../../core/timeline/gaps.ts';
import type { Lane } from '../../../../core/timeline/lane.ts';
import type { Viewport } from '../../../../core/timeline/viewport.ts';
import type { Palette } from '../../../charts/palette.ts';

/** Height of the time axis, in CSS pixels like everything here. */
export const RULER_PX = 22;
/** Of a lane, as bars on one line, and as a diagram with the server's line above the page's. */
export const LANE_PX = { bars: 32, diagram: 66 } as const;
export type LaneStyle = keyof typeof LANE_PX;

export interface SceneLane extends Lane {
  channelId: number;
  transport: Transport | null;
  isPoll: boolean;
  color: string;
  gaps: readonly Stretch[];
  document: KnownDocument | undefined;
  /** Events whose server stamp is known. */
  latency: LatencySamples;
}

/** Everything that one drawing of the timeline depends on. */
export interface Scene {
  view: Viewport;
  /** Of the tracks, the labels' column not included. */
  left: number;
  width: number;
  height: number;
  scrollTop: number;
  style: LaneStyle;
  lanes: readonly SceneLane[];
  messages: MessageStore;
  selectedId: number | null;
  /** What is still under way is drawn until then. */
  now: number;
  range: { from: number; to: number } | null;
  /** Where times on the axis count from, and how they read. */
  originMs: number;
  formatTick: (at: number, stepMs: number) => string;
  lineNames: { server: string; page: string };
  palette: Palette;
  /** The stripes of hidden spans. */
  hatch: CanvasPattern | string;
}

/** The area of one lane on the canvas. */
export interface Track {
  top: number;
  height: number;
  x: (at: number) => number;
  left: number;
  right: number;
}
