import type { Transport } from '../model.ts';
import type { Estimate } from '../simulate/estimate.ts';
import type { Choice } from '../simulate/world.ts';

export type Effort = 'low' | 'medium' | 'high';

/** What following an advice saves one client. Positive is less; the ranges say how sure that is. */
export interface Saving {
  requestsPerHour: Estimate;
  bytesPerHour: Estimate;
  /** Mean age of an event at its arrival; null where none arrives. */
  stalenessMs: { from: Estimate | null; to: Estimate | null };
  /** All of it, under the weights. */
  pointsPerHour: Estimate;
}

/** What would turn the verdict; `value` in the unit that the id names, null where it is no number. */
export type ChangeId =
  | 'server-cannot-be-changed'
  | 'server-can-push'
  | 'period-above-ms'
  | 'events-per-minute-above'
  | 'events-per-minute-below'
  | 'sends-per-minute-above'
  | 'mean-staleness-below-ms'
  | 'data-becomes-personal'
  | 'events-become-irregular'
  | 'path-lets-streams-through';

export interface Change {
  id: ChangeId;
  value: number | null;
}

/** What to mind that the figures do not show. */
export type CaveatId =
  | 'short-recording'
  | 'assumed-round-trip'
  | 'assumed-heads'
  | 'six-connections'
  | 'buffering-proxy'
  | 'idle-timeouts'
  | 'auth-headers'
  | 'http2-cheaper-bytes'
  | 'radio-wakes'
  | 'bypasses-caches'
  | 'server-must-replay'
  | 'no-receive-backpressure'
  | 'deflate-would-help'
  | 'hidden-changes'
  | 'volatile-fields'
  | 'clock-drift'
  | 'unbounded-staleness';

/** `label` is a standard's own name, the same in every language. */
export interface Link {
  label: string;
  url: string;
}

/** One thing to do about one channel, in raw numbers; the view words it. */
export interface AdviceOf<Rule extends string, Evidence> {
  rule: Rule;
  channelId: number;
  /** The transport it ends with; null: the advice is not about that. */
  transport: Transport | null;
  /** The settings that were simulated; null where none were. */
  choice: Choice | null;
  evidence: Evidence;
  saving: Saving;
  effort: Effort;
  wouldChangeIf: Change[];
  caveats: CaveatId[];
  links: Link[];
}
