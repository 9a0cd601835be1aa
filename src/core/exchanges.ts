import type { PageEvent } from '../protocol.ts';
import { countEntry, countPayload } from './channel-counts.ts';
import { placeOf } from './channel-key.ts';
import { bodyLabels } from './channel-protocol.ts';
import { countEnd, settle } from './channel-verdict.ts';
import type { Channel } from './channels.ts';
import { wasStreamed } from './classify/streamed.ts';
import { joinConnection, keepHandshake } from './connections.ts';
import { beginStream, markStreamed, takeChunk } from './exchange-streams.ts';
import { headerValue } from './har-entry.ts';
import { createRepeated, shareHeaders } from './headers.ts';
import { channelOf } from './jobs.ts';
import { awaitJudgement, judge } from './judging.ts';
import { boundsOf, narrow } from './metrics/clock.ts';
import { learnHeaders } from './metrics/handshake.ts';
import { addWait, rttMs } from './metrics/rtt.ts';
import { type Exchange, type NetworkEntry, type Outcome, unreachable } from './model.ts';
import { isReaction, noteArrival } from './reactions.ts';
import { type KnownExchange, type Log, pageKey, wasHidden } from './state.ts';

type ExchangeEvent = Extract<PageEvent, { kind: 'request' | 'response' | 'chunk' | 'end' }>;

/** When the network panel says a request is over and the page has not, the page never reads its body. */
const PAGE_PATIENCE_MS = 2000;
/** When the page says so and the network panel has not, it never saw the request, or is far behind. */
const NETWORK_PATIENCE_MS = 5000;
/** A straggling entry still finds its exchange for this long, or it would count as a second one. */
const FORGET_MS = 60_000;

export function applyExchangeEvent(log: Log, documentKey: string, event: ExchangeEvent, at: number): void {
  const key = pageKey(log, documentKey, event.id);
  if (event.kind === 'request') {
    begin(log, key, documentKey, event, at);
    return;
  }
  const known = log.exchanges.get(key);
  if (known === undefined) return;
  const { exchange } = known;
  switch (event.kind) {
    case 'response':
      exchange.respondedAt = at;
      exchange.status = event.status;
      exchange.contentType = event.contentType;
      beginStream(known, at);
      return;
    case 'chunk':
      takeChunk(log, known, event.bytes, event.text, at);
      return;
    case 'end':
      if (exchange.endedAt !== null) return;
      if (event.bodyBytes !== null) exchange.responseBodyBytes = event.bodyBytes;
      end(log, key, known, event.outcome, at);
      return;
    default:
      unreachable(event);
  }
}

function begin(
  log: Log,
  key: number,
  documentKey: string,
  event: Extract<PageEvent, { kind: 'request' }>,
  at: number,
): void {
  const method = event.method.toUpperCase();
  const url = event.url ?? '';
  const channel = channelOf(log, { documentKey, method, url, requestText: event.bodyText }, at);
  const exchange = createExchange(log, channel, documentKey, method, url, at);
  exchange.api = event.api;
  exchange.page = true;
  exchange.requestBodyBytes = event.bodyBytes;
  exchange.requestText = event.bodyText;
  exchange.stack = event.stack;
  exchange.hidden = wasHidden(log, documentKey, at);
  exchange.isReaction = isReaction(log, documentKey, channel.id, at);
  countRequest(channel, exchange, at);
  log.sources.pageOnly++;
  log.exchanges.set(key, knownAs(exchange, channel));
  if (event.api === 'beacon') settle(channel, 'telemetry', { kind: 'beacon' }, at);
  const entry = log.joiner.addExchange(exchange, key);
  if (entry !== null) join(log, key, entry);
}

const knownAs = (exchange: Exchange, channel: Channel): KnownExchange => ({
  exchange,
  channel,
  awaitedUrl: exchange.url,
  isAnswered: false,
  stream: null,
  isReady: false,
});

function countRequest(channel: Channel, exchange: Exchange, at: number): void {
  const { requestBodyBytes, requestText } = exchange;
  channel.exchanges++;
  channel.onWire++;
  if ((requestBodyBytes ?? 0) > 0) channel.requestsWithContent++;
  if (channel.uplinkOf !== null) {
    const labels = requestText === null ? [] : bodyLabels(channel, requestText, 'sent', exchange);
    channel.messages.sent += Math.max(labels.length, 1);
    channel.heartbeats.sent += labels.filter(({ role }) => role === 'heartbeat').length;
  }
  countPayload(channel, 'sent', requestBodyBytes, at);
}

/** Targets whose headers are remembered. */
const MAX_TARGETS = 2000;

/** What an entry tells besides its exchange: of the browser, of the server's clock. */
function learn(log: Log, entry: NetworkEntry): void {
  const place = placeOf(entry.url);
  const target = place?.target ?? '';
  let last = log.headers.get(target);
  if (last === undefined) {
    if (log.headers.size >= MAX_TARGETS) log.headers.clear();
    last = createRepeated();
    log.headers.set(target, last);
  }
  shareHeaders(last, entry);
  learnHeaders(log.browserHeaders, entry);
  const reading = boundsOf(entry);
  if (reading === null) return;
  const host = place?.host ?? '';
  log.clocks.set(host, narrow(log.clocks.get(host), reading));
}

/** Kinds of request that can carry news; pictures, scripts and styles cannot. */
const NEWS_TYPES = new Set(['fetch', 'xhr', 'websocket', 'eventsource', 'ping', 'document', 'webtransport', 'other']);
/** A document that comes in pieces for this long is a "forever frame". */
const FOREVER_MS = 2000;

/** A page that was merely opened is no way to get news; one that was posted for is, and so is one that hardly ends. */
const carriesNews = ({ resourceType, method, receiveMs, requestHeaders, fromCache }: NetworkEntry): boolean =>
  NEWS_TYPES.has(resourceType) &&
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

/** Counts the head of a stream that is still open; its end will be told as an entry of its own. */
export function applyOpenStream(log: Log, entry: NetworkEntry): void {
  for (const { exchange, channel } of log.exchanges.values()) {
    if (exchange.network !== null || exchange.headTold || exchange.url !== entry.url) continue;
    if (Math.abs(entry.startedAt - exchange.startedAt) > OPEN_TOLERANCE_MS) continue;
    exchange.headTold = true;
    countEntry(channel, entry);
    // Of an answer that the page left unread its head says how long it was.
    const length = headerValue(entry.responseHeaders, 'content-length');
    if (isUnread(exchange) && length !== null && /^\d+$/.test(length)) tellLength(exchange, channel, Number(length));
    return;
  }
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

function join(log: Log, key: number, entry: NetworkEntry): void {
  const known = log.exchanges.get(key)!;
  const { exchange, channel } = known;
  if (entry.redirectUrl !== null && isRedirect(entry.status)) {
    follow(log, key, entry, entry.redirectUrl);
    return;
  }
  exchange.network = entry;
  exchange.waitMs = entry.waitMs;
  // The same text twice: one of them need not be kept.
  if (entry.url === exchange.url) entry.url = exchange.url;
  log.history.exchanges.noteBody(exchange);
  log.sources.pageOnly--;
  log.sources.both++;
  if (!exchange.headTold) countEntry(channel, entry);
  if (exchange.endedAt !== null) judge(log, key, known);
}

/** https://fetch.spec.whatwg.org/#redirect-status; a Location beside 201 leads nowhere. */
const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** A redirect is one exchange for the page and one more on the wire for each hop; the last hop brings the answer. */
function follow(log: Log, key: number, hop: NetworkEntry, url: string): void {
  const known = log.exchanges.get(key)!;
  const { exchange, channel } = known;
  countEntry(channel, hop);
  channel.onWire++;
  // https://fetch.spec.whatwg.org/#http-redirect-fetch: these make a GET of whatever it was.
  const becomesGet = hop.status === 303 || (exchange.method === 'POST' && (hop.status === 301 || hop.status === 302));
  known.awaitedUrl = url;
  const next = log.joiner.addExchange({ method: becomesGet ? 'GET' : hop.method, url, startedAt: hop.endedAt }, key);
  if (next !== null) join(log, key, next);
}

function end(log: Log, key: number, known: KnownExchange, outcome: Outcome, at: number): void {
  const { exchange, channel } = known;
  exchange.endedAt = at;
  exchange.outcome = outcome;
  noteArrival(log, exchange.documentKey, channel.id, at);
  const { origin } = channel;
  if (exchange.respondedAt !== null)
    addWait(log.rtt, origin, exchange.waitMs ?? exchange.respondedAt - exchange.startedAt);
  countEnd(channel, exchange, rttMs(log.rtt, origin));
  awaitJudgement(known);
  if (exchange.network !== null) judge(log, key, known);
}

/** Nothing more will come: every exchange that is over is judged by what is known of it. */
export function settleAll(log: Log): void {
  for (const { entry, key } of log.joiner.expire(Infinity)) {
    if (key === null) beginByEntry(log, entry);
    else join(log, key, entry);
  }
  for (const [key, known] of log.exchanges) {
    const { endedAt, network } = known.exchange;
    if (endedAt === null && network !== null) finishByEntry(log, key, known, network);
    else if (endedAt === null && isUnread(known.exchange)) end(log, key, known, 'done', known.exchange.respondedAt!);
    if (known.exchange.endedAt !== null) judge(log, key, known);
  }
}

/** The browser never reports a fetch whose body the page leaves unread; its answer came all the same. */
const UNREAD_PATIENCE_MS = 5000;
const isUnread = ({ respondedAt, chunks, streamed }: Exchange): boolean =>
  respondedAt !== null && chunks === 0 && !streamed;

/** Settles what waited in vain for its other half. */
export function settleLate(log: Log): void {
  for (const [key, known] of log.exchanges) {
    const { endedAt, network } = known.exchange;
    if (endedAt === null) {
      if (network !== null && log.now - network.endedAt > PAGE_PATIENCE_MS) finishByEntry(log, key, known, network);
      else if (isUnread(known.exchange) && log.now - known.exchange.respondedAt! > UNREAD_PATIENCE_MS)
        end(log, key, known, 'done', known.exchange.respondedAt!);
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
  exchange.status = entry.status;
  exchange.respondedAt ??= entry.startedAt + entry.blockedMs + entry.waitMs;
  if (!exchange.streamed && exchange.chunks === 0 && wasStreamed(entry)) {
    markStreamed(known);
    const evidence = { kind: 'streamed', chunks: 0, overMs: entry.receiveMs } as const;
    if (channel.streamed * 2 > channel.ended) settle(channel, 'http-stream', evidence, entry.endedAt);
  }
  end(log, key, known, entry.status === 0 ? 'error' : 'done', entry.endedAt);
}

function beginByEntry(log: Log, entry: NetworkEntry): void {
  const { method, url, startedAt, requestBody } = entry;
  const channel = channelOf(log, { documentKey: null, method, url, requestText: requestBody }, startedAt);
  const exchange = createExchange(log, channel, null, method, url, startedAt);
  exchange.network = entry;
  exchange.waitMs = entry.waitMs;
  exchange.contentType = entry.contentType;
  exchange.requestBodyBytes = entry.requestBodyBytes;
  exchange.requestText = requestBody;
  log.history.exchanges.noteBody(exchange);
  log.sources.networkOnly++;
  countRequest(channel, exchange, startedAt);
  countEntry(channel, entry);
  if (entry.resourceType === 'ping') settle(channel, 'telemetry', { kind: 'beacon' }, startedAt);
  else if (entry.resourceType === 'document') settle(channel, 'navigation', { kind: 'form-navigation' }, startedAt);
  // Below those of any page.
  const key = -exchange.id;
  const known = knownAs(exchange, channel);
  log.exchanges.set(key, known);
  beginStream(known, startedAt);
  finishByEntry(log, key, known, entry);
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

function createExchange(
  log: Log,
  channel: Channel,
  documentKey: string | null,
  method: string,
  url: string,
  at: number,
): Exchange {
  const exchange: Exchange = {
    id: ++log.lastId,
    channelId: channel.id,
    documentKey,
    api: null,
    method,
    url,
    startedAt: at,
    respondedAt: null,
    endedAt: null,
    waitMs: null,
    hidden: null,
    status: null,
    contentType: null,
    outcome: 'pending',
    requestBodyBytes: null,
    responseBodyBytes: null,
    requestText: null,
    chunks: 0,
    pauses: 0,
    chunkBytes: 0,
    lastChunkAt: null,
    streamed: false,
    stack: null,
    page: false,
    network: null,
    worth: null,
    judged: false,
    headTold: false,
    isReaction: false,
  };
  log.history.exchanges.add(exchange);
  return exchange;
}
