import type { Advice } from '../../core/advise/rules.ts';
import type { Finding } from '../../core/health/checks.ts';
import type { Assumption } from '../../core/simulate/assumptions.ts';
import type { Estimate } from '../../core/simulate/estimate.ts';
import type { ChannelFacts, SessionFacts } from '../../core/simulate/facts.ts';
import type { Choice, HttpVersion, PollingChoice } from '../../core/simulate/world.ts';

/** What the sliders say; null leaves a thing as it was measured, or as is usual. */
export interface WhatIfSettings {
  periodMs: number | null;
  timer: PollingChoice['timer'] | null;
  conditional: boolean | null;
  holdMs: number | null;
  rttMs: number | null;
  rateFactor: number;
  clients: number;
  deflate: boolean | null;
  httpVersion: HttpVersion | null;
}

export type MetricId =
  | 'requestsPerHour'
  | 'wastedPerHour'
  | 'requestHeaderPerHour'
  | 'responseHeaderPerHour'
  | 'framingPerHour'
  | 'payloadPerHour'
  | 'bytesPerHour'
  | 'meanLatencyMs'
  | 'p95LatencyMs'
  | 'coalesced'
  | 'lost'
  | 'serverBytesPerSecond'
  | 'serverRequestsPerSecond'
  | 'serverConnectionsHeld'
  | 'serverConnectionsIdle';

/** One way to get the same news, and what it costs; null: nothing to tell, such as the delay of no event. */
export interface Outcome {
  /** `present`: what is there today, simulated; the others as the sliders have it. */
  role: 'present' | 'choice';
  choice: Choice;
  metrics: Record<MetricId, Estimate | null>;
}

export interface CurvePoint {
  requestsPerHour: number;
  bytesPerHour: number;
  meanLatencyMs: number | null;
}

/** Everything the what-if view shows of one channel. */
export interface WhatIfTable {
  channelId: number;
  horizonMs: number;
  events: number;
  present: Choice | null;
  /** The settings with what was measured, or is usual, in place of null. */
  settings: { [K in keyof WhatIfSettings]: NonNullable<WhatIfSettings[K]> };
  outcomes: Outcome[];
  /** Polling at each period, the shortest first; and those whose cost does not depend on one. */
  curve: { periodMs: number; polling: CurvePoint }[];
  flat: { transport: Exclude<Choice['transport'], 'polling'>; point: CurvePoint }[];
  assumptions: Assumption[];
}

/** From the panel to the worker. */
export type Order =
  /** One channel as it is now; what was not sent anew is as it was. */
  | { kind: 'channel'; facts: ChannelFacts }
  /** All that changed was sent: these channels, in this order, are the session. */
  | { kind: 'session'; about: Omit<SessionFacts, 'channels'>; channelIds: number[] }
  | { kind: 'what-if'; channelId: number; settings: WhatIfSettings };

/** And back. */
export type Answer =
  | { kind: 'health'; findings: Finding[] }
  | { kind: 'advice'; channelId: number; advice: Advice[] }
  /** All advice for the newest session is there. */
  | { kind: 'done' }
  | { kind: 'what-if'; channelId: number; table: WhatIfTable | null };
