import { countEntry } from '../channel-counts.ts';
import { settle } from '../channel-verdict.ts';
import { wasStreamed } from '../classify/streamed.ts';
import { channelOf } from '../jobs.ts';
import { judge } from '../judging.ts';
import type { Exchange, NetworkEntry } from '../model.ts';
import type { KnownExchange, Log } from '../state.ts';
import { end } from './events.ts';
import { join } from './join.ts';
import { countRequest, createExchange, knownAs } from './start.ts';
import { beginStream, markStreamed } from './streams.ts';

/** When the network panel says a request is over and the page has not, the page never reads its body. */
const PAGE_PATIENCE_MS = 2000;
/** When the page says so and the network panel has not, it never saw the request, or is far behind. */
const NETWORK_PATIENCE_MS = 5000;
/** A straggling entry still finds its exchange for this long, or it would count as a second one. */
const FORGET_MS = 60_000;

/** Nothing more will come: every exchange that is over is judged by what is known of it. */
export function settleAll(log: Log): void {
  for (const { entry, key } of log.joiner.expire(Infinity)) {
    if (key === null) beginByEntry(log, entry);
    else join(log, key, entry);
  }
  for (const [key, known] of log.exchanges) {
    const { endedAt, network } = known.exchange;
    if (endedAt === null && network !== null) finishByEntry(log, key, known, network);
    else if (endedAt === null && isUnread(known.exchange))
      end(log, key, known, 'done', known.exchange.respondedAt!, true);
    if (known.exchange.endedAt !== null) judge(log, key, known);
  }
}

/** The browser never reports a fetch whose body the page leaves unread; its answer came all the same. */
const UNREAD_PATIENCE_MS = 5000;
/** It was answered, and the page reads none of it. */
export const isUnread = ({ respondedAt, chunks, streamed }: Exchange): boolean =>
  respondedAt !== null && chunks === 0 && !streamed;

/** Settles what waited in vain for its other half. */
export function settleLate(log: Log): void {
  for (const [key, known] of log.exchanges) {
    const { endedAt, network } = known.exchange;
    if (endedAt === null) {
      if (network !== null && log.now - network.endedAt > PAGE_PATIENCE_MS) finishByEntry(log, key, known, network);
      else if (isUnread(known.exchange) && log.now - known.exchange.respondedAt! > UNREAD_PATIENCE_MS)
        end(log, key, known, 'done', known.exchange.respondedAt!, true);
    } else if (log.now - endedAt > FORGET_MS) {
      log.exchanges.delete(key);
      log.joiner.forget(key, known.awaitedUrl);
    } else if (log.now - endedAt > NETWORK_PATIENCE_MS && !known.isReady) judge(log, key, known);
  }
  for (const { entry, key } of log.joiner.expire(log.now)) {
    if (key === null) beginByEntry(log, entry);
    else join(log, key, entry);
  }
}

/** The page never read the body, or no hook saw the request: the network panel alone says how it ended. */
function finishByEntry(log: Log, key: number, known: KnownExchange, entry: NetworkEntry): void {
  const { exchange, channel } = known;
  const unread = exchange.page && isUnread(exchange);
  exchange.status = entry.status;
  exchange.respondedAt ??= entry.startedAt + entry.blockedMs + entry.waitMs;
  if (!exchange.streamed && exchange.chunkBytes === 0 && wasStreamed(entry)) {
    markStreamed(known);
    const evidence = { kind: 'streamed', chunks: 0, overMs: entry.receiveMs } as const;
    if (channel.streamed * 2 > channel.ended) settle(channel, 'http-stream', evidence, entry.endedAt);
  }
  end(log, key, known, entry.status === 0 ? 'error' : 'done', entry.endedAt, unread);
}

function beginByEntry(log: Log, entry: NetworkEntry): void {
  const { startedAt } = entry;
  const { known, key } = beginUnhooked(log, entry);
  const { exchange, channel } = known;
  exchange.network = entry;
  log.history.exchanges.noteBody(exchange);
  if (entry.resourceType === 'ping') settle(channel, 'telemetry', { kind: 'beacon' }, startedAt);
  // A document that goes on growing brings news (a "forever frame").
  else if (entry.resourceType === 'document' && !wasStreamed(entry))
    settle(channel, 'navigation', { kind: 'form-navigation' }, startedAt);
  beginStream(known, startedAt);
  finishByEntry(log, key, known, entry);
}

/** A document that is still growing, as far as the network log knows it: no hook tells of it, and its end is yet to come. */
export function beginOpen(log: Log, entry: NetworkEntry): void {
  const { startedAt, blockedMs, waitMs, receiveMs, status, contentBytes } = entry;
  if (entry.resourceType !== 'document' || !wasStreamed(entry)) return;
  const { known } = beginUnhooked(log, entry);
  const { exchange, channel } = known;
  exchange.status = status;
  exchange.headTold = true;
  exchange.respondedAt = startedAt + blockedMs + waitMs;
  exchange.chunkBytes = contentBytes ?? 0;
  beginStream(known, startedAt);
  markStreamed(known);
  settle(channel, 'http-stream', { kind: 'streamed', chunks: 0, overMs: receiveMs }, log.now);
}

/** A request that the network log alone told of. */
function beginUnhooked(log: Log, entry: NetworkEntry): { known: KnownExchange; key: number } {
  const { method, url, startedAt, requestBody } = entry;
  const channel = channelOf(log, { documentKey: null, method, url, requestText: requestBody }, startedAt);
  const exchange = createExchange(log, channel, null, method, url, startedAt);
  exchange.waitMs = entry.waitMs;
  exchange.contentType = entry.contentType;
  exchange.requestBodyBytes = entry.requestBodyBytes;
  exchange.requestText = requestBody;
  log.sources.networkOnly++;
  countRequest(channel, exchange, startedAt);
  countEntry(channel, entry);
  // Below those of any page.
  const key = -exchange.id;
  const known = knownAs(exchange, channel);
  log.exchanges.set(key, known);
  return { known, key };
}

/** A request that fails this shortly before its document goes away failed because it went away. */
const LEAVING_MS = 200;

/** The document is gone: what it was still waiting for was cut by the navigation. */
export function cutExchanges(log: Log, documentKey: string, at: number): void {
  for (const [key, known] of log.exchanges) {
    const { exchange, channel } = known;
    if (exchange.documentKey !== documentKey) continue;
    if (exchange.endedAt === null) end(log, key, known, 'cut', at);
    else if (exchange.outcome === 'error' && !exchange.judged && at - exchange.endedAt < LEAVING_MS) {
      exchange.outcome = 'cut';
      channel.aborted++;
    }
  }
}
