import { questionOf } from './channel-key.ts';
import type { Channel } from './channels.ts';
import { isOneMore } from './classify/consistent.ts';
import { isHold } from './classify/held.ts';
import { weigh } from './classify/hysteresis.ts';
import { createTiming, type Timing, WINDOW } from './classify/timing.ts';
import { certain, classifySeries, type Evidence, type Verdict } from './classify/verdict.ts';
import { addSample } from './metrics/samples.ts';
import type { Exchange, Transport } from './model.ts';

/** Gives a channel the verdict that follows from what it is; rhythm no longer matters. */
export function settle(channel: Channel, transport: Transport, evidence: Evidence, at: number): void {
  channel.settled = true;
  channel.standing = weigh(channel.standing, certain(transport, 1, false, evidence), at);
}

/** Counts an exchange that is over, once, and lets its timing speak. `unread`: the page took no look at the answer. */
export function countEnd(channel: Channel, exchange: Exchange, rttMs: number | null, unread: boolean): void {
  const { startedAt, respondedAt, outcome, status } = exchange;
  const endedAt = exchange.endedAt!;
  channel.ended++;
  if (status === null) channel.unanswered++;
  channel.lastAt = Math.max(channel.lastAt, endedAt);
  if (outcome === 'aborted' || outcome === 'cut') {
    channel.aborted++;
    return;
  }
  const waitMs = exchange.waitMs ?? (respondedAt ?? endedAt) - startedAt;
  if (respondedAt !== null) addSample(channel.ttfb, waitMs);
  // An error status after a hold is how a long poll says "nothing yet".
  const failed = outcome === 'error' || ((status ?? 0) >= 400 && !isHold(waitMs, rttMs ?? 0));
  addTiming(channel, exchange, { waitMs, endedAt, failed, unread });
  // Evidence is renewed all the same, long after all that it rests on is new.
  if (channel.ended % RENEWAL !== 0 && isOneMore(channel.standing, channel.timings)) return;
  reclassify(channel, rttMs, endedAt);
}

/** Weighing a window costs as much as a dozen requests do otherwise. */
const RENEWAL = 4 * WINDOW;

/** Puts it into the window, unless all that is there began later. */
function addTiming(
  channel: Channel,
  exchange: Exchange,
  { waitMs, endedAt, failed, unread }: Pick<Timing, 'waitMs' | 'endedAt' | 'failed' | 'unread'>,
): void {
  const { timings } = channel;
  const isFull = timings.length >= WINDOW;
  if (isFull && timings[0]!.startedAt > exchange.startedAt) return;
  // What lives as long as the window is costly to throw away: the oldest is used again.
  const timing = isFull ? timings.shift()! : createTiming();
  timing.exchangeId = exchange.id;
  timing.startedAt = exchange.startedAt;
  timing.waitMs = waitMs;
  timing.endedAt = endedAt;
  timing.failed = failed;
  timing.hidden = exchange.hidden;
  timing.target = exchange.url === channel.url ? channel.question : questionOf(exchange.url);
  timing.isPart = exchange.status === PARTIAL_CONTENT;
  timing.requestBytes = exchange.requestBodyBytes ?? 0;
  timing.isReaction = exchange.isReaction;
  timing.hasNews = null;
  timing.unread = unread;
  insertByStart(timings, timing);
}

/** https://www.rfc-editor.org/rfc/rfc9110#status.206 */
const PARTIAL_CONTENT = 206;

/** The standing verdict, with evidence that counts the newest request too. */
export function verdictOf(
  { standing, settled, timings, method, operation }: Channel,
  rttMs: number | null,
): Verdict | null {
  if (standing === null || settled) return standing?.verdict ?? null;
  const reading = classifySeries(timings, { rttMs, method, operation });
  return reading.transport === standing.verdict.transport ? reading : standing.verdict;
}

/** Weighs what the timings say anew. */
export function reclassify(channel: Channel, rttMs: number | null, at: number): void {
  if (channel.settled) return;
  const { timings, method, operation } = channel;
  channel.standing = weigh(channel.standing, classifySeries(timings, { rttMs, method, operation }), at);
}

/** Puts it in its place: requests may end in another order than that in which they began. */
export function insertByStart(timings: Timing[], timing: Timing): void {
  let i = timings.length;
  while (i > 0 && timings[i - 1]!.startedAt > timing.startedAt) i--;
  if (i === timings.length) timings.push(timing);
  else timings.splice(i, 0, timing);
}
