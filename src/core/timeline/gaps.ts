import type { Connection } from '../model.ts';
import type { KnownDocument } from '../state.ts';
import type { Viewport } from './viewport.ts';

/** A stretch of time; `to` null: until now. */
export interface Stretch {
  from: number;
  to: number | null;
}

/** When no connection of the channel was open although one had been, and (but after the last) one was again. */
export function reconnectGaps(connections: readonly Connection[]): Stretch[] {
  const spans = connections.flatMap((c) => c.spans).toSorted((a, b) => a.from - b.from);
  const gaps: Stretch[] = [];
  let openUntil: number | null = -Infinity;
  for (const { from, to } of spans) {
    if (openUntil !== null && openUntil !== -Infinity && from > openUntil) gaps.push({ from: openUntil, to: from });
    openUntil = openUntil === null || to === null ? null : Math.max(openUntil, to);
  }
  const last = connections.at(-1);
  if (last?.state === 'reconnecting' && openUntil !== null && openUntil !== -Infinity)
    gaps.push({ from: openUntil, to: null });
  return gaps;
}

/** When the document was hidden, as far as it reaches into `view`. */
export function hiddenSpans(document: KnownDocument | undefined, view: Viewport): Stretch[] {
  const spans: Stretch[] = [];
  const changes = document?.visibility ?? [];
  for (const [i, { at, hidden }] of changes.entries()) {
    const to = changes[i + 1]?.at ?? null;
    if (hidden && at <= view.to && (to ?? Infinity) >= view.from) spans.push({ from: at, to });
  }
  return spans;
}
