import type { PageEvent } from '../protocol.ts';
import { hostOf, originOf } from './channel-key.ts';
import {
  bodyLabels,
  hintOf,
  isHeartbeatMessage,
  recogniseChannel,
  recognisePayload,
  transportByProtocol,
} from './channel-protocol.ts';
import {
  type Channel,
  countEnd,
  countEntry,
  countFraming,
  countMessage,
  countPayload,
  countWorth,
  settle,
} from './channels.ts';
import { isStreaming, PAUSE_MS, wasStreamed } from './classify/streamed.ts';
import { joinConnection, keepHandshake } from './connections.ts';
import { boundsOf, narrow } from './metrics/clock.ts';
import { learnHeaders } from './metrics/handshake.ts';
import { addWait, rttMs } from './metrics/rtt.ts';
import { type Exchange, type NetworkEntry, type Outcome, unreachable } from './model.ts';
import { isReaction, noteArrival } from './reactions.ts';
import { channelOf, type KnownExchange, type Log, wasHidden } from './state.ts';
import { createExchangeStream, isEventStream, isStreamType } from './stream-of-exchange.ts';
import { mediaTypeOf } from './streams/reader.ts';
import { utf8Bytes } from './utf8.ts';

type ExchangeEvent = Extract<PageEvent, { kind: 'request' | 'response' | 'chunk' | 'end' }>;

/** When the network panel says a request is over and the page has not, the page never reads its body. */
const PAGE_PATIENCE_MS = 2000;
/** When the page says so and the network panel has not, it never saw the request, or is far behind. */
const NETWORK_PATIENCE_MS = 5000;
/** A straggling entry still finds its exchange for this long, or it would count as a second one. */
const FORGET_MS = 60_000;

export function applyExchangeEvent(log: Log, documentKey: string, event: ExchangeEvent, at: number): void {
  const key = `${documentKey} ${event.id}`;
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
      beginStream(log, known, at);
      return;
    case 'chunk':
      takeChunk(known, event.bytes, event.text, at);
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
  key: string,
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
  log.exchanges.set(key, { exchange, channel, stream: null });
  if (event.api === 'beacon') settle(channel, 'telemetry', { kind: 'beacon' }, at);
  const entry = log.joiner.addExchange(exchange, key);
  if (entry !== null) join(log, key, entry);
}

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

function beginStream(log: Log, known: KnownExchange, at: number): void {
  const { exchange, channel } = known;
  const { contentType } = exchange;
  nameProtocol(channel, contentType, at);
  if (isEventStream(contentType) || isStreamType(contentType)) {
    const kind = isEventStream(contentType) ? 'sse' : 'http-stream';
    settle(channel, kind, { kind: 'content-type', contentType: mediaTypeOf(contentType) }, at);
    markStreamed(known);
  }
  known.stream = createExchangeStream(contentType, ({ type, text, lastEventId }, when) => {
    const { messages } = log.history;
    const payloadBytes = utf8Bytes(text);
    recognisePayload(known.channel, text, 'received', hintOf(known.channel, type === 'text' ? null : type));
    if (isHeartbeatMessage(known.channel, text, 'received', type)) known.channel.heartbeats.received++;
    countMessage(known.channel, 'received', payloadBytes, text, when);
    countFraming(known.channel, -payloadBytes, when);
    messages.add({
      channelId: known.channel.id,
      carrierId: exchange.id,
      at: when,
      direction: 'received',
      type,
      payloadBytes,
      content: text,
      lastEventId,
    });
  });
}

/** Content type and URL may name the protocol, and the protocol how it gets its news. */
function nameProtocol(channel: Channel, contentType: string | null, at: number): void {
  channel.contentType = contentType;
  recogniseChannel(channel);
  const transport = transportByProtocol(channel);
  if (transport !== null && !channel.settled)
    settle(channel, transport, { kind: 'protocol', protocol: channel.protocol!.displayName }, at);
}

/** What a stream's bytes are besides its messages is framing: counted with each piece, and taken back with each message. */
function markStreamed({ exchange, channel }: KnownExchange): void {
  if (exchange.streamed) return;
  exchange.streamed = true;
  channel.streamed++;
  const before = channel.lastStreamed;
  // A question of its own, as a language model is asked, resumes nothing.
  const sameQuestion = exchange.method === 'GET' || before?.requestText === exchange.requestText;
  if (before !== null && before.endedAt !== null && sameQuestion) channel.resumed++;
  channel.lastStreamed = exchange;
  countFraming(channel, exchange.chunkBytes, exchange.lastChunkAt ?? exchange.startedAt);
}

function takeChunk(known: KnownExchange, bytes: number, text: string | null, at: number): void {
  const { exchange, channel, stream } = known;
  exchange.responseBodyBytes = (exchange.responseBodyBytes ?? 0) + bytes;
  exchange.chunks++;
  exchange.chunkBytes += bytes;
  if (exchange.lastChunkAt !== null && at - exchange.lastChunkAt >= PAUSE_MS) exchange.pauses++;
  exchange.lastChunkAt = at;
  if (exchange.streamed) countFraming(channel, bytes, at);
  stream?.take(text, at);
  if (!exchange.streamed && isStreaming(exchange, at)) {
    markStreamed(known);
    stream?.open();
    const overMs = at - exchange.respondedAt!;
    if (channel.streamed * 2 > channel.ended)
      settle(channel, 'http-stream', { kind: 'streamed', chunks: exchange.chunks, overMs }, at);
  }
}

function learnClock(log: Log, entry: NetworkEntry): void {
  const reading = boundsOf(entry);
  const host = hostOf(entry.url);
  if (reading !== null) log.clocks.set(host, narrow(log.clocks.get(host), reading));
}

/** Kinds of request that can carry news; pictures, scripts and styles cannot. */
const NEWS_TYPES = new Set(['fetch', 'xhr', 'websocket', 'eventsource', 'ping', 'document', 'webtransport', 'other']);
/** A document that comes in pieces for this long is a "forever frame". */
const FOREVER_MS = 2000;

/** A page that was merely opened is no way to get news; one that was posted for is, and so is one that hardly ends. */
const carriesNews = ({ resourceType, method, receiveMs }: NetworkEntry): boolean =>
  NEWS_TYPES.has(resourceType) && !(resourceType === 'document' && method === 'GET' && receiveMs < FOREVER_MS);

/** An entry of devtools.network came: it completes the exchange or connection it belongs to, or waits for it. */
export function applyEntry(log: Log, entry: NetworkEntry): void {
  learnHeaders(log.browserHeaders, entry);
  learnClock(log, entry);
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
    return;
  }
}

/** Few streams are open at a time: a busy browser's late start cannot confuse them. */
const OPEN_TOLERANCE_MS = 500;

function join(log: Log, key: string, entry: NetworkEntry): void {
  const known = log.exchanges.get(key)!;
  const { exchange, channel } = known;
  if (entry.redirectUrl !== null && isRedirect(entry.status)) {
    follow(log, key, entry, entry.redirectUrl);
    return;
  }
  exchange.network = entry;
  exchange.waitMs = entry.waitMs;
  log.history.exchanges.noteBody(exchange);
  log.sources.pageOnly--;
  log.sources.both++;
  if (!exchange.headTold) countEntry(channel, entry);
  if (exchange.endedAt !== null) judge(log, key, known);
}

/** https://fetch.spec.whatwg.org/#redirect-status; a Location beside 201 leads nowhere. */
const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** A redirect is one exchange for the page and one more on the wire for each hop; the last hop brings the answer. */
function follow(log: Log, key: string, hop: NetworkEntry, url: string): void {
  const { exchange, channel } = log.exchanges.get(key)!;
  countEntry(channel, hop);
  channel.onWire++;
  // https://fetch.spec.whatwg.org/#http-redirect-fetch: these make a GET of whatever it was.
  const becomesGet = hop.status === 303 || (exchange.method === 'POST' && (hop.status === 301 || hop.status === 302));
  const next = log.joiner.addExchange({ method: becomesGet ? 'GET' : hop.method, url, startedAt: hop.endedAt }, key);
  if (next !== null) join(log, key, next);
}

function end(log: Log, key: string, known: KnownExchange, outcome: Outcome, at: number): void {
  const { exchange, channel } = known;
  exchange.endedAt = at;
  exchange.outcome = outcome;
  noteArrival(log, exchange.documentKey, channel.id, at);
  const origin = originOf(exchange.url);
  if (exchange.respondedAt !== null)
    addWait(log.rtt, origin, exchange.waitMs ?? exchange.respondedAt - exchange.startedAt);
  countEnd(channel, exchange, rttMs(log.rtt, origin));
  if (exchange.network !== null) judge(log, key, known);
}

/** Both sources have spoken, or one never will: what did it bring? */
function judge(log: Log, key: string, known: KnownExchange): void {
  const { exchange, channel } = known;
  const entry = exchange.network;
  if (!exchange.judged) {
    exchange.judged = true;
    if (exchange.streamed) finishStream(known);
    else if (entry?.fromCache !== true) {
      if (entry !== null) takeBody(exchange, channel, entry);
      if (entry?.body === null && (exchange.responseBodyBytes ?? 0) > 0) channel.answersWithContent++;
      countPayload(channel, 'received', exchange.responseBodyBytes, exchange.endedAt!);
      if (entry?.body) recognisePayload(channel, entry.body, 'received', { ...hintOf(channel), url: exchange.url });
      countWorth(channel, exchange, rttMs(log.rtt, originOf(exchange.url)));
    }
  }
  if (entry !== null) log.exchanges.delete(key);
}

function takeBody(exchange: Exchange, channel: Channel, entry: NetworkEntry): void {
  exchange.responseBodyBytes = entry.status === 304 ? 0 : (entry.contentBytes ?? exchange.responseBodyBytes);
  // With a content coding the difference is compression, not framing.
  const wire = entry.contentEncoding === null ? entry.responseBodyWireBytes : null;
  if (wire !== null && exchange.responseBodyBytes !== null && wire > exchange.responseBodyBytes)
    countFraming(channel, wire - exchange.responseBodyBytes, exchange.endedAt!);
}

/** What the hooks saw of a stream is completed by what the network log knows of the whole: text that nobody read in pieces, and the bytes. */
function finishStream({ exchange, channel, stream }: KnownExchange): void {
  const { network: entry } = exchange;
  const at = exchange.endedAt!;
  channel.streamedEnded++;
  if (stream?.sawText === false && entry?.body) stream.take(entry.body, at);
  stream?.open();
  const wire =
    entry?.contentEncoding === null ? (entry.responseBodyWireBytes ?? entry.contentBytes) : entry?.contentBytes;
  // A stream that the page broke off is reported with its head alone.
  if (wire && wire > exchange.chunkBytes) countFraming(channel, wire - exchange.chunkBytes, at);
}

/** Nothing more will come: every exchange that is over is judged by what is known of it. */
export function settleAll(log: Log): void {
  for (const { entry, key } of log.joiner.expire(Infinity)) {
    if (key === null) beginByEntry(log, entry);
    else join(log, key, entry);
  }
  for (const [key, known] of log.exchanges) {
    const { endedAt, network } = known.exchange;
    if (endedAt !== null) judge(log, key, known);
    else if (network !== null) finishByEntry(log, key, known, network);
    else if (isUnread(known.exchange)) end(log, key, known, 'done', known.exchange.respondedAt!);
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
      log.joiner.forget(key);
    } else if (log.now - endedAt > NETWORK_PATIENCE_MS) judge(log, key, known);
  }
  for (const { entry, key } of log.joiner.expire(log.now)) {
    if (key === null) beginByEntry(log, entry);
    else join(log, key, entry);
  }
}

/** The page never read the body, or no hook saw the request: the network panel alone says how it ended. */
function finishByEntry(log: Log, key: string, known: KnownExchange, entry: NetworkEntry): void {
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
  const key = `network ${exchange.id}`;
  const known: KnownExchange = { exchange, channel, stream: null };
  log.exchanges.set(key, known);
  beginStream(log, known, startedAt);
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
