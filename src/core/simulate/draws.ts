import { deflatedSizes } from './deflate.ts';
import type { Inferred } from './events.ts';
import { createRandom } from './random.ts';
import type { SimulatedEvent } from './world.ts';

/** Ways in which the same events may have happened; more would steady the figures by less than their own ranges. */
export const DRAWS = 12;
/** Texts are compressed up to here; what is beyond counts in full. */
const DEFLATE_CHARS = 1_000_000;

/** So many histories that fit what was seen: each event somewhere in its likely interval. The same for the same recording. */
export function drawHistories({ events, from }: Inferred): SimulatedEvent[][] {
  const deflated = deflatedOf(events.map(({ text }) => text));
  const histories: SimulatedEvent[][] = [];
  for (let i = 0; i < DRAWS; i++) {
    const random = createRandom(i + 1);
    const history = events.map(({ likely, payloadBytes }, at): SimulatedEvent => {
      const atMs = Math.max(likely[0] + (likely[1] - likely[0]) * random() - from, 0);
      return { atMs, payloadBytes, deflatedBytes: deflated[at] ?? null };
    });
    histories.push(history.toSorted((a, b) => a.atMs - b.atMs));
  }
  return histories;
}

function deflatedOf(texts: readonly (string | null)[]): number[] {
  const known: string[] = [];
  let chars = 0;
  for (const text of texts) {
    // What comes after a text that is not known may refer to it: its size cannot be told either.
    if (text === null || chars + text.length > DEFLATE_CHARS) break;
    chars += text.length;
    known.push(text);
  }
  return deflatedSizes(known);
}

/**
 * The same history with `factor` times as many events a second: time runs faster, and what it gains is filled by playing the
 * history again.
 */
export function withRate(history: readonly SimulatedEvent[], horizonMs: number, factor: number): SimulatedEvent[] {
  const faster: SimulatedEvent[] = [];
  const roundMs = horizonMs / factor;
  for (let startMs = 0; startMs < horizonMs; startMs += roundMs) {
    for (const event of history) {
      const atMs = startMs + event.atMs / factor;
      if (atMs > horizonMs) break;
      faster.push({ ...event, atMs });
    }
  }
  return faster;
}
