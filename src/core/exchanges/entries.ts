import { countEntry, countPayload } from '../channel-counts.ts';
import type { Channel } from '../channels.ts';
import { joinConnection, keepHandshake } from '../connections.ts';
import { headerValue } from '../har-entry.ts';
import { learn } from '../learn.ts';
import type { Exchange, NetworkEntry } from '../model.ts';
import { isScriptCall } from '../script-call.ts';
import type { Log } from '../state.ts';
import { join } from './join.ts';
import { isUnread } from './late.ts';
import { takePiped } from './streams.ts';

/** Kinds of request that can carry news; pictures, styles and scripts cannot, but for scripts that are an answer. */
const NEWS_TYPES = new Set(['fetch', 'xhr', 'websocket', 'eventsource', 'ping', 'document', 'webtransport', 'other']);
/** A document that comes in pieces for this long is a "forever frame". */
export const FOREVER_MS = 2000;

/** A page that was merely opened is no way to get news; one that was posted for is, and so is one that hardly ends. */
const carriesNews = ({ resourceType, method, url, receiveMs, requestHeaders, fromCache }: NetworkEntry): boolean =>
  (NEWS_TYPES.has(resourceType) || (resourceType === 'script' && isScriptCall(url))) &&
  !(resourceType === 'document' && method === 'GET' && receiveMs < FOREVER_MS) &&
  // The icon of a page, which the browser fetches by itself; from its cache without a head to tell it by.
  !(resourceType === 'other' && (fromCache || headerValue(requestHeaders, 'sec-fetch-dest') === 'image'));

/** An entry of devtools.network came: it completes the exchange or connection it belongs to, or waits for it. */
export function applyEntry(log: Log, entry: NetworkEntry): void {
  learn(log, entry);
  if (!carriesNews(entry)) return;
  if (entry.resourceType === 'websocket' || entry.resourceType === 'eventsource') {
    if (!joinConnection(log, entry)) keepHandshake(log, entry);
    return;
  }
  const key = log.joiner.addEntry(entry, log.now);
  if (key !== null) join(log, key, entry);
}

/** Counts the head of a stream that is still open; its end will be told as an entry of its own. False: nobody told of that stream. */
export function applyOpenStream(log: Log, entry: NetworkEntry): boolean {
  for (const known of log.exchanges.values()) {
    const { exchange, channel } = known;
    if (exchange.network !== null || exchange.headTold || exchange.url !== entry.url) continue;
    if (exchange.method !== entry.method) continue;
    if (Math.abs(entry.startedAt - exchange.startedAt) > OPEN_TOLERANCE_MS) continue;
    exchange.headTold = true;
    countEntry(channel, entry);
    takePiped(known, entry, log.now);
    // Of an answer that the page left unread its head says how long it was.
    const length = headerValue(entry.responseHeaders, 'content-length');
    if (isUnread(exchange) && length !== null && /^\d+$/.test(length)) tellLength(exchange, channel, Number(length));
    return true;
  }
  return false;
}

function tellLength(exchange: Exchange, channel: Channel, bytes: number): void {
  exchange.responseBodyBytes = bytes;
  // Judged before without it.
  if (!exchange.judged) return;
  countPayload(channel, 'received', bytes, exchange.endedAt!);
  if (bytes > 0) channel.answersWithContent++;
}

/** Few streams are open at a time: a busy browser's late start cannot confuse them. */
const OPEN_TOLERANCE_MS = 500;
