import type { ClockOffset } from '../facts.ts';
import type { Sighting } from './sighting.ts';

/**
 * How far the server's clock is ahead of this machine's, from what is certain of each stamped event. Nothing arrives before
 * it happened, so the offset is at least the largest (stamp − latest); and at most every (stamp − earliest) that does not
 * contradict that. An event that does was stamped long before it was offered. Null without stamps.
 */
export function offsetFromStamps(sightings: readonly Sighting[]): ClockOffset | null {
  const stamped = sightings.filter((sighting): sighting is Sighting & { stamp: number } => sighting.stamp !== null);
  if (stamped.length === 0) return null;
  let least = -Infinity;
  for (const { stamp, latestAt } of stamped) least = Math.max(least, stamp - latestAt);
  let most = Infinity;
  for (const { stamp, earliestAt } of stamped)
    if (stamp - earliestAt >= least) most = Math.min(most, stamp - earliestAt);
  return { offsetMs: (least + most) / 2, errorMs: (most - least) / 2 };
}

/** The sighting narrowed by its stamp; as it is when it has none, or one that cannot be true. */
export function withStamp(sighting: Sighting, { offsetMs, errorMs }: ClockOffset): Sighting {
  if (sighting.stamp === null) return sighting;
  const at = sighting.stamp - offsetMs;
  const earliestAt = Math.max(sighting.earliestAt, at - errorMs);
  const latestAt = Math.min(sighting.latestAt, at + errorMs);
  if (earliestAt > latestAt) return sighting;
  const likely = Math.min(Math.max(at, earliestAt), latestAt);
  return { ...sighting, earliestAt, latestAt, likelyFrom: likely, likelyTo: likely, source: 'stamp' };
}
