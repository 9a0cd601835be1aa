import { noteArrival } from './channel-counts.ts';
import { bodyLabels, messagesIn, saysNothing } from './channel-protocol.ts';
import { reclassify } from './channel-verdict.ts';
import type { Channel } from './channels.ts';
import type { Timing } from './classify/timing.ts';
import { addStampsOf } from './metrics/latency.ts';
import { type Previous, parseBody, worthOf } from './metrics/waste.ts';
import type { Exchange } from './model.ts';
import type { Label } from './protocols/protocol.ts';
import { contentOf } from './script-call.ts';
import { bucketAt } from './series.ts';

const LONG_WAIT_MS = 250;

/** Counts what a completed exchange brought and how old that was, once its body is known; false while it cannot be judged. */
export function countWorth(channel: Channel, exchange: Exchange, rttMs: number | null): boolean {
  if (exchange.outcome === 'aborted' || exchange.outcome === 'cut') return true;
  const body = exchange.network?.body;
  const endedAt = exchange.endedAt!;
  const labels = body ? bodyLabels(channel, body, 'received', exchange) : [];
  const content = contentOf(exchange.network);
  const json = content ? jsonOf(content, channel.previous) : undefined;
  addStampsOf(channel.latency, json, endedAt);
  const judged = worthOf(exchange, channel.previous, rttMs, saysNothing(labels), json);
  if (judged === null) return false;
  const { worth, seen } = judged;
  exchange.worth = worth;
  channel.worth[worth]++;
  if (judged.hasContent) channel.answersWithContent++;
  if (worth === 'useful' || (worth === 'baseline' && judged.carries)) countNews(channel, labels);
  if (worth !== 'error') channel.previous = seen;
  const bucket = bucketAt(channel.series, endedAt);
  if (worth === 'useful') {
    bucket.useful++;
    noteArrival(channel, endedAt);
  } else if (worth !== 'baseline' && worth !== 'error') bucket.wasted++;
  const timing = timingOf(channel, exchange.id);
  if (timing !== null) {
    timing.waitMs = Math.max(timing.waitMs, waitInAll(exchange));
    timing.hasNews = worth === 'useful' || (worth === 'baseline' && judged.carries);
    // Only uploads and holds are judged by what the answers said.
    if (channel.method !== 'GET' || timing.waitMs > LONG_WAIT_MS) reclassify(channel, rttMs, endedAt);
  }
  return true;
}

/** Nearly always the newest. */
function timingOf({ timings }: Channel, exchangeId: number): Timing | null {
  for (let i = timings.length - 1; i >= 0; i--) if (timings[i]!.exchangeId === exchangeId) return timings[i]!;
  return null;
}

/** No network is slower: what comes slower is what the server waits for. */
const SLOWEST_BYTES_PER_MS = 1;

/** Some servers send the head at once and hold the body back until there is news (CouchDB); 0 where the network log does not tell. */
function waitInAll({ network }: Exchange): number {
  if (network === null || network.contentBytes === null) return 0;
  const { waitMs, receiveMs, contentBytes } = network;
  return contentBytes < SLOWEST_BYTES_PER_MS * receiveMs ? waitMs + receiveMs : waitMs;
}

/** An answer brought news: so many application messages as its packets are. */
export function countNews(channel: Channel, labels: readonly Label[]): void {
  channel.newsAnswers++;
  channel.newsMessages += messagesIn(labels);
}

/** Many a poll brings the answer before it once more, which is parsed already. */
const jsonOf = (body: string, previous: Previous | null): unknown =>
  previous?.json !== undefined && previous.body === body ? previous.json : parseBody(body);
