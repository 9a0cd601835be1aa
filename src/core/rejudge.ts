import { bodyLabels, saysNothing } from './channel-protocol.ts';
import { countNews } from './channel-worth.ts';
import type { Channel } from './channels.ts';
import { worthOf } from './metrics/waste.ts';
import type { Exchange, Worth } from './model.ts';
import { bucketAt } from './series.ts';

/**
 * Judges all answers of a channel anew, in the order in which they came: of two that turned out to be one, each had compared its
 * answers with its own alone. Without effect where the past is no longer kept whole.
 */
export function rejudge(channel: Channel, exchanges: readonly Exchange[], rttMs: number | null): void {
  const own = exchanges.filter(({ worth }) => worth !== null);
  const judgedInAll = Object.values(channel.worth).reduce((sum, n) => sum + n, 0);
  if (own.length !== judgedInAll) return;
  own.sort((a, b) => a.endedAt! - b.endedAt!);
  channel.previous = null;
  channel.newsAnswers = 0;
  channel.newsMessages = 0;
  for (const worth of Object.keys(channel.worth)) channel.worth[worth as Worth] = 0;
  for (const exchange of own) judgeAgain(channel, exchange, rttMs);
}

function judgeAgain(channel: Channel, exchange: Exchange, rttMs: number | null): void {
  const body = exchange.network?.body;
  const labels = body ? bodyLabels(channel, body, 'received', exchange) : [];
  const judged = worthOf(exchange, channel.previous, rttMs, saysNothing(labels));
  const worth = judged?.worth ?? exchange.worth!;
  const hasNews = worth === 'useful' || (worth === 'baseline' && judged?.carries === true);
  const bucket = bucketAt(channel.series, exchange.endedAt!);
  count(bucket, exchange.worth!, -1);
  count(bucket, worth, 1);
  exchange.worth = worth;
  channel.worth[worth]++;
  if (hasNews) countNews(channel, labels);
  if (judged !== null && worth !== 'error') channel.previous = judged.seen;
  const timing = channel.timings.find(({ exchangeId }) => exchangeId === exchange.id);
  if (timing !== undefined) timing.hasNews = hasNews;
}

function count(bucket: { useful: number; wasted: number }, worth: Worth, by: number): void {
  if (worth === 'useful') bucket.useful += by;
  else if (worth !== 'baseline' && worth !== 'error') bucket.wasted += by;
}
