import { median } from '../metrics/statistics.ts';
import type { ChannelFacts, ClockOffset, SessionFacts } from './facts.ts';
import { sightMessages } from './infer/messages.ts';
import { sightPolls } from './infer/polls.ts';
import type { Sighting, Source } from './infer/sighting.ts';
import { offsetFromStamps, withStamp } from './infer/stamps.ts';
import { unseenEvents } from './infer/unseen.ts';
import { roundTripOf } from './link.ts';

/** When something happened at the server, as this machine's clock would have shown it. */
export interface InferredEvent {
  earliestAt: number;
  latestAt: number;
  /** The best guess. */
  at: number;
  /** It may have happened anywhere between these with equal chance; the same number twice when it is known. */
  likely: readonly [number, number];
  /** The median of the others where nobody told. */
  payloadBytes: number;
  source: Source;
  text: string | null;
}

/** What happened on a channel while it was watched. */
export interface Inferred {
  /** In order of the best guess. */
  events: InferredEvent[];
  /** The time they lie in. */
  from: number;
  to: number;
  /** Events whose payload nobody told. */
  unknownPayloads: number;
  /** States that were replaced before a poll could see them, on average; null: any number. */
  unseen: number | null;
}

/**
 * Reconstructs the events behind a channel's traffic. What an exchange brought before the first answer (the baseline) is older
 * than the recording and no event of it; of states that replaced one another between two polls only the last is seen.
 * Null when fewer than two requests were answered, nothing was opened, or no time passed.
 */
export function inferEvents(channel: ChannelFacts, session: SessionFacts): Inferred | null {
  const span = channel.connections.length > 0 ? streamSpan(channel, session) : pollSpan(channel, session);
  if (span === null || span.to <= span.from) return null;
  const { value, high } = roundTripOf(channel).estimate;
  // The whole round trip may have been the way back. Queues on it (a buffering proxy, a slow radio) are no part of this.
  const transit = { likelyMs: value / 2, longestMs: high };
  const sightings = channel.messages.length > 0 ? sightMessages(channel, transit) : sightPolls(channel, transit);
  const clock = channel.clock ?? offsetFromStamps(sightings);
  const usualBytes = median(sightings.flatMap(({ payloadBytes }) => payloadBytes ?? [])) ?? 0;
  const events = sightings
    .filter((sighting) => clock === null || !isOlder(sighting, span.from, clock))
    .map((sighting) => eventOf(clock === null ? sighting : withStamp(sighting, clock), usualBytes))
    .toSorted((a, b) => a.at - b.at);
  const unknownPayloads = sightings.filter(({ payloadBytes }) => payloadBytes === null).length;
  return { events, ...span, unknownPayloads, unseen: unseenEvents(channel) };
}

/** A server that greets a reader with its history tells of events that no transport would have had to deliver. */
const isOlder = ({ stamp }: Sighting, from: number, { offsetMs, errorMs }: ClockOffset): boolean =>
  stamp !== null && stamp - offsetMs + errorMs < from;

const eventOf = (sighting: Sighting, usualBytes: number): InferredEvent => ({
  earliestAt: sighting.earliestAt,
  latestAt: sighting.latestAt,
  at: (sighting.likelyFrom + sighting.likelyTo) / 2,
  likely: [sighting.likelyFrom, sighting.likelyTo],
  payloadBytes: sighting.payloadBytes ?? usualBytes,
  source: sighting.source,
  text: sighting.text,
});

/**
 * From the first request that was answered until one gap after the last, so that as many polls fit in as were seen, or as long
 * as was watched; a hold lasts.
 */
function pollSpan({ exchanges, transport }: ChannelFacts, { now }: SessionFacts): { from: number; to: number } | null {
  const answered = exchanges.filter(({ respondedAt }) => respondedAt !== null);
  const first = answered[0];
  const last = answered.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  if (transport === 'long-polling') {
    // A hold that still lasts, or that the page broke off, was watched to its end.
    const newest = exchanges.at(-1)!;
    const to = newest.outcome === 'pending' ? now : Math.max(last.respondedAt!, newest.endedAt ?? 0);
    return { from: first.startedAt, to };
  }
  const gapMs = (last.startedAt - first.startedAt) / (answered.length - 1);
  return { from: first.startedAt, to: Math.max(Math.min(last.startedAt + gapMs, now), last.respondedAt!) };
}

function streamSpan({ connections }: ChannelFacts, { now }: SessionFacts): { from: number; to: number } | null {
  const last = connections.at(-1)!;
  return { from: connections[0]!.startedAt, to: last.closedAt ?? now };
}
