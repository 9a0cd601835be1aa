import type { Direction } from '../../protocol.ts';
import { addSample, createSamples, type Samples } from './samples.ts';

/** Calls of the page over a connection that wait for their answer, and how long answers took. */
export interface Calls {
  askedAt: Map<string, number>;
  replies: Samples;
}

/** A page whose calls are never answered does not fill the memory. */
const MAX_WAITING = 1000;

export const createCalls = (): Calls => ({ askedAt: new Map(), replies: createSamples() });

/** `correlation` pairs a call with its answer; what the server asks of the page begins with `<` and is not timed here. */
export function noteCall({ askedAt, replies }: Calls, correlation: string, direction: Direction, at: number): void {
  if (correlation.startsWith('<')) return;
  if (direction === 'sent') {
    if (askedAt.size < MAX_WAITING) askedAt.set(correlation, at);
    return;
  }
  const asked = askedAt.get(correlation);
  if (asked === undefined) return;
  askedAt.delete(correlation);
  addSample(replies, at - asked);
}
