import { insertByStart, reclassify } from './channel-verdict.ts';
import type { Channel, Tally } from './channels.ts';
import { WINDOW } from './classify/timing.ts';
import { absorbSamples } from './metrics/latency.ts';
import { mergeInto } from './series.ts';

const COUNTS = [
  'exchanges',
  'ended',
  'cached',
  'connections',
  'openConnections',
  'opens',
  'onWire',
  'reported',
  'aborted',
  'unanswered',
  'streamed',
  'streamedEnded',
  'resumed',
  'answersWithContent',
  'requestsWithContent',
  'newsAnswers',
  'newsMessages',
  'framingBytes',
] as const satisfies (keyof Channel)[];
const TALLIES = ['requestHeader', 'responseHeader', 'payloadSent', 'payloadReceived'] as const;

/** Adds all that a channel counted to another that turned out to do the same job. */
export function absorb(into: Channel, from: Channel, rttMs: number | null): void {
  for (const count of COUNTS) into[count] += from[count];
  for (const name of TALLIES) addTally(into[name], from[name]);
  for (const [worth, n] of Object.entries(from.worth)) into.worth[worth as keyof Channel['worth']] += n;
  into.messages.sent += from.messages.sent;
  into.messages.received += from.messages.received;
  into.heartbeats.sent += from.heartbeats.sent;
  into.heartbeats.received += from.heartbeats.received;
  into.uplinkOf ??= from.uplinkOf;
  into.protocol ??= from.protocol;
  into.contentType ??= from.contentType;
  into.parallel = Math.max(into.parallel, from.parallel);
  into.startedAt = Math.min(into.startedAt, from.startedAt);
  into.httpVersion ??= from.httpVersion;
  absorbSamples(into.latency, from.latency);
  into.previous ??= from.previous;
  for (const [name, cost] of from.headerCosts) {
    const sum = into.headerCosts.get(name) ?? { requestBytes: 0, responseBytes: 0 };
    sum.requestBytes += cost.requestBytes;
    sum.responseBytes += cost.responseBytes;
    into.headerCosts.set(name, sum);
  }
  // Two first answers: only the earlier one is the baseline, the other brought something.
  if (into.worth.baseline > 1) {
    into.worth.useful += into.worth.baseline - 1;
    into.worth.baseline = 1;
  }
  into.unjudged.push(...from.unjudged);
  into.unjudged.sort((a, b) => a.exchange.endedAt! - b.exchange.endedAt!);
  mergeInto(into.series, from.series);
  for (const timing of from.timings) insertByStart(into.timings, timing);
  into.timings.splice(0, Math.max(into.timings.length - WINDOW, 0));
  if (into.timings.length > 0) reclassify(into, rttMs, into.lastAt);
}

function addTally(into: Tally, from: Tally): void {
  into.bytes += from.bytes;
  into.of += from.of;
  into.min = Math.min(into.min, from.min);
  into.max = Math.max(into.max, from.max);
  into.plusMinus += from.plusMinus;
}
